/** Words that the tiny tokenizers know whole; all else is spelt. */
const WORDS = (
  'the a of is to and was i it my for in on not query : billing refund charged twice month invoice card payment sport ' +
  'striker scored goal minute match team weather rain snow wind cold cooking recipe oven bread salt travel flight hotel ' +
  'train music song guitar health doctor pain school teacher law court science star money bank film actor'
).split(' ');
/** Those of labels of pictures, too. */
const SEEN = [...WORDS, 'photo', 'thing'];
const LETTERS = [...'abcdefghijklmnopqrstuvwxyz0123456789.,!?:;\'"-()'];

/** The three kinds of tokenizer that sentence encoders have, and CLIP's. */
export type TokenizerKind = 'wordpiece' | 'bpe' | 'unigram' | 'clip';

/** A tokenizer.json, with how many tokens it has. */
export interface TinyTokenizer {
  readonly json: object;
  readonly size: number;
}

export const tinyTokenizer = (kind: TokenizerKind): TinyTokenizer => KINDS[kind]();

const KINDS: Record<TokenizerKind, () => TinyTokenizer> = {
  wordpiece() {
    const tokens = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', ...LETTERS, ...LETTERS.map((c) => `##${c}`), ...WORDS];
    return file(tokens, ['[PAD]', '[UNK]', '[CLS]', '[SEP]'], {
      normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, lowercase: true },
      pre_tokenizer: { type: 'BertPreTokenizer' },
      post_processor: around('[CLS]', 2, '[SEP]', 3),
      decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
      model: (vocab) => ({
        ...{ type: 'WordPiece', unk_token: '[UNK]', continuing_subword_prefix: '##', max_input_chars_per_word: 100 },
        vocab,
      }),
    });
  },
  bpe() {
    // Each word with the space before it, built up from its left.
    const merges = new Map<string, readonly [string, string]>();
    for (const word of WORDS.map((one) => `Ġ${one}`)) {
      for (let i = 1; i < word.length; i++) merges.set(word.slice(0, i + 1), [word.slice(0, i), word[i] ?? '']);
    }
    const tokens = ['<s>', '<pad>', '</s>', '<unk>', ...byteCharacters(), ...merges.keys()];
    return file(tokens, ['<s>', '<pad>', '</s>', '<unk>'], {
      normalizer: null,
      pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
      post_processor: around('<s>', 0, '</s>', 2),
      decoder: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
      model: (vocab) => ({ type: 'BPE', unk_token: '<unk>', vocab, merges: [...merges.values()] }),
    });
  },
  clip() {
    // Each word with the mark of its end, built up from its left.
    const merges = new Map<string, readonly [string, string]>();
    for (const word of SEEN.filter((one) => /^[a-z]{2,}$/.test(one))) {
      for (let i = 2; i < word.length; i++) merges.set(word.slice(0, i), [word.slice(0, i - 1), word[i - 1] ?? '']);
      merges.set(`${word}</w>`, [word.slice(0, -1), `${word.at(-1)}</w>`]);
    }
    const special = ['<|startoftext|>', '<|endoftext|>'];
    const characters = byteCharacters();
    const tokens = [...special, ...characters, ...characters.map((one) => `${one}</w>`), ...merges.keys()];
    const words = "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";
    const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
    return file(tokens, special, {
      normalizer: {
        type: 'Sequence',
        normalizers: [
          { type: 'NFC' },
          { type: 'Replace', pattern: { Regex: '\\s+' }, content: ' ' },
          { type: 'Lowercase' },
        ],
      },
      pre_tokenizer: {
        type: 'Sequence',
        pretokenizers: [{ type: 'Split', pattern: { Regex: words }, behavior: 'Removed', invert: true }, byteLevel],
      },
      post_processor: {
        ...{ type: 'RobertaProcessing', trim_offsets: false, add_prefix_space: false },
        ...{ sep: ['<|endoftext|>', 1], cls: ['<|startoftext|>', 0] },
      },
      decoder: byteLevel,
      model: (vocab) => ({
        ...{ type: 'BPE', unk_token: '<|endoftext|>', continuing_subword_prefix: '', end_of_word_suffix: '</w>' },
        ...{ fuse_unk: false, vocab, merges: [...merges.values()] },
      }),
    });
  },
  unigram() {
    const special = ['<s>', '<pad>', '</s>', '<unk>'];
    const words = WORDS.map((word) => `▁${word}`);
    const tokens = [...special, '▁', ...LETTERS, ...words, '天', '气', '天气', '下', '雨', '。'];
    return file(tokens, special, {
      normalizer: {
        type: 'Sequence',
        normalizers: [{ type: 'Lowercase' }, { type: 'Replace', pattern: { Regex: '\\s+' }, content: ' ' }],
      },
      pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always' },
      post_processor: around('<s>', 0, '</s>', 2),
      decoder: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always' },
      model: () => ({ type: 'Unigram', unk_id: 3, vocab: tokens.map((token) => [token, -12 + token.length]) }),
    });
  },
};

interface Parts {
  readonly normalizer: object | null;
  readonly pre_tokenizer: object;
  readonly post_processor: object;
  readonly decoder: object;
  readonly model: (vocab: Record<string, number>) => object;
}

function file(all: readonly string[], special: readonly string[], { model, ...parts }: Parts): TinyTokenizer {
  const tokens = [...new Set(all)];
  const vocab = Object.fromEntries(tokens.map((token, id) => [token, id]));
  const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
  const added_tokens = special.map((content, id) => ({ id, content, ...flags }));
  const json = { version: '1.0', truncation: null, padding: null, added_tokens, ...parts, model: model(vocab) };
  return { json, size: tokens.length };
}

const around = (open: string, openId: number, close: string, closeId: number) => ({
  type: 'TemplateProcessing',
  single: [
    { SpecialToken: { id: open, type_id: 0 } },
    { Sequence: { id: 'A', type_id: 0 } },
    { SpecialToken: { id: close, type_id: 0 } },
  ],
  pair: [],
  special_tokens: {
    [open]: { id: open, ids: [openId], tokens: [open] },
    [close]: { id: close, ids: [closeId], tokens: [close] },
  },
});

/** The character that stands for each byte, as GPT-2's tokenizer has it. */
function byteCharacters(): string[] {
  const plain = (byte: number) => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  let moved = 0;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(plain(byte) ? byte : 256 + moved++));
}
