"""Times the encoder on native ONNX Runtime, one thread: for each line with a count, that many runs, as JSON."""

import json
import sys
import time

import numpy
import onnxruntime

path, tokens = sys.argv[1], int(sys.argv[2])
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = options.inter_op_num_threads = 1
session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
feeds = {
    "input_ids": (2000 + 37 * numpy.arange(tokens, dtype=numpy.int64))[None],
    "attention_mask": numpy.ones((1, tokens), numpy.int64),
}
print(json.dumps(onnxruntime.__version__), flush=True)
for line in sys.stdin:
    times = []
    for _ in range(int(line)):
        begun = time.perf_counter()
        session.run(None, feeds)
        times.append(1000 * (time.perf_counter() - begun))
    print(json.dumps(times), flush=True)
