import { installFailure } from './failure.js';

/** An input or output of a graph. */
export interface GraphValue {
  readonly name: string;
  /** Its dimensions where they are fixed, undefined where they may vary; undefined as a whole where nothing is said. */
  readonly dims: readonly (number | undefined)[] | undefined;
  /** Whether its numbers are floats of 16 bits. */
  readonly half: boolean;
}

/** What an ONNX file says about itself, besides its weights. */
export interface Graph {
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];
  /** Whether weights are in another file. */
  readonly external: boolean;
  /** Whether it computes with integers in the place of weights. */
  readonly quantized: boolean;
}

/** Fields of ONNX's messages (onnx.proto3). */
const MODEL = { graph: 7 };
const GRAPH = { node: 1, initializer: 5, input: 11, output: 12 };
const NODE = { operator: 4 };
const TENSOR = { name: 8, location: 14 };

interface Field {
  readonly number: number;
  /** A number, or the field's bytes. */
  readonly value: number | Uint8Array;
}

/** Operators on weights that are packed into integers. */
const QUANTIZED = /Integer$|QuantizeLinear$|^QLinear|^QAttention$|NBits$/;

/** Reads the outline of an ONNX file; throws `corrupt` for anything else. */
export function graphOf(file: Uint8Array): Graph {
  try {
    const graph = parts(file, MODEL.graph)[0];
    if (!graph) throw new RangeError('no graph');
    const weights = parts(graph, GRAPH.initializer);
    const names = new Set(weights.map((tensor) => text(parts(tensor, TENSOR.name)[0])));
    return {
      // Old files name their weights as inputs, too.
      inputs: parts(graph, GRAPH.input)
        .map(infoOf)
        .filter(({ name }) => !names.has(name)),
      outputs: parts(graph, GRAPH.output).map(infoOf),
      quantized: parts(graph, GRAPH.node).some((node) => QUANTIZED.test(text(parts(node, NODE.operator)[0]))),
      external: weights.some((tensor) =>
        [...fields(tensor)].some((f) => f.number === TENSOR.location && f.value === 1),
      ),
    };
  } catch (cause) {
    throw installFailure('corrupt', 'The weights are no ONNX file, or a damaged one; get them again.', {}, cause);
  }
}

/** Element types of FLOAT16 and BFLOAT16. */
const HALVES: readonly unknown[] = [10, 16];

/** ValueInfoProto: name, then type → tensor type → element type, and shape → dimensions, each a number or a name. */
function infoOf(value: Uint8Array): GraphValue {
  const tensor = [2, 1].reduce<Uint8Array | undefined>((at, number) => at && parts(at, number)[0], value);
  const element = tensor && [...fields(tensor)].find(({ number }) => number === 1)?.value;
  const shape = tensor && parts(tensor, 2)[0];
  const dims = shape && parts(shape, 1).map((dim) => [...fields(dim)].find((f) => f.number === 1)?.value);
  return {
    name: text(parts(value, 1)[0]),
    dims: dims?.map((dim) => (typeof dim === 'number' ? dim : undefined)),
    half: HALVES.includes(element),
  };
}

const text = (bytes: Uint8Array = new Uint8Array()): string => new TextDecoder().decode(bytes);

const parts = (bytes: Uint8Array, number: number): Uint8Array[] =>
  [...fields(bytes)].flatMap((field) =>
    field.number === number && typeof field.value !== 'number' ? [field.value] : [],
  );

function* fields(bytes: Uint8Array): Generator<Field> {
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      if (byte === undefined || scale > 2 ** 63) throw new RangeError('cut short');
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  const take = (length: number) => {
    if (at + length > bytes.length) throw new RangeError('cut short');
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const tag = varint();
    const number = Math.floor(tag / 8);
    const wire = tag % 8;
    if (number === 0 || (wire > 2 && wire !== 5)) throw new RangeError('no such field');
    const value = wire === 0 ? varint() : take(wire === 1 ? 8 : wire === 5 ? 4 : varint());
    yield { number, value };
  }
}
