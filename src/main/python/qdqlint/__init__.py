"""Static analysis of quantized (Q/DQ) ONNX models for TensorRT. This package carries the program and starts it."""
