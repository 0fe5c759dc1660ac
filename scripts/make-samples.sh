#!/bin/bash
# Writes reports/samples: the reports of the example model, and those of four engines of YOLOv7 (TensorRT 10.6, H100).
# usage: scripts/make-samples.sh ENGINES
# ENGINES has yolov7.fp16, .int8, .monkey.int8 and .tied.int8, each as NAME.layer.json and NAME.profile.json of trtexec.
# QDQLINT names another program than ./qdqlint.
set -eu
cd "$(dirname "$0")/.."
engines=${1:?usage: scripts/make-samples.sh ENGINES}
model=examples/yolov7.monkey.onnx
out=reports/samples

# 1 means that there are findings.
q() {
    "${QDQLINT:-./qdqlint}" "$@" || [ $? -eq 1 ]
}

check=$out/check-yolov7-monkey
q check "$model" -f "html=$check.html" -f "text=$check.txt" -f "sarif=$check.sarif"
q forecast "$model" -f "html=$out/forecast-yolov7-monkey.html"
q validate "$model" --device=H100 --engine "$engines/yolov7.monkey.int8.layer.json" -f "text=$out/validate-yolov7-monkey.txt"
for pair in fp16-int8:yolov7.fp16:yolov7.int8 monkey-tied:yolov7.monkey.int8:yolov7.tied.int8; do
    IFS=: read -r name a b <<< "$pair"
    q compare "$engines/$a.layer.json" "$engines/$b.layer.json" \
        -f "html=$out/compare-yolov7-$name.html" -f "text=$out/compare-yolov7-$name.txt"
done
engine=$out/engine-yolov7-monkey
q engine "$engines/yolov7.monkey.int8.layer.json" -f "html=$engine.html" -f "svg=$engine.svg"
q bench --recorded "FP16=$engines/yolov7.fp16.layer.json" --recorded "implicit INT8=$engines/yolov7.int8.layer.json" \
    --recorded "QAT=$engines/yolov7.monkey.int8.layer.json" \
    --recorded "QAT, scales tied=$engines/yolov7.tied.int8.layer.json" > "$out/bench-yolov7.md"
