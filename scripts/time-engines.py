#!/usr/bin/env python3
"""Builds four engines of each model as trtexec does by default, and times them in turn. Needs TensorRT's Python API and PyTorch.

    CUDA_VISIBLE_DEVICES=0 scripts/time-engines.py [--rows=fixed,implicit] MODELS OUT NAME...

--rows names the engines to build: fixed, implicit, exported, fp16; all of them by default. MODELS has exported/NAME.onnx, fixed/NAME.onnx and float/NAME.onnx, the last without QuantizeLinear and DequantizeLinear.
OUT gets NAME.VARIANT.layer.json and .profile.json and NAME.time.json. A process skips a model that another process has taken,
so that one process for each GPU can share the work. Start a process that died again with the same CUDA_VISIBLE_DEVICES: it
marks the build at which it died as failed, and continues.
"""
import argparse
import json
import os
import pathlib
import statistics
import sys
import time

import tensorrt as trt
import torch

VARIANTS = {"fixed": ("fixed", True), "implicit": ("float", True), "exported": ("exported", True), "fp16": ("float", False)}
ROUNDS = 5
AVERAGED_TIMINGS = 8  # the default of trtexec's --avgTiming; its optimization level is the builder's default, 3
INPUT_RANGE, OUTPUT_RANGE = 2, 4  # the ranges of trtexec --int8 without a calibration

TYPES = {
    trt.float32: torch.float32,
    trt.float16: torch.float16,
    trt.int8: torch.int8,
    trt.int32: torch.int32,
    trt.int64: torch.int64,
}


def set_ranges(network):
    """As trtexec does: one range for all that a layer reads, one for what is left."""
    layers = [network.get_layer(i) for i in range(network.num_layers)]
    for count, tensor, bound in (("num_inputs", "get_input", INPUT_RANGE), ("num_outputs", "get_output", OUTPUT_RANGE)):
        for layer in layers:
            for i in range(getattr(layer, count)):
                value = getattr(layer, tensor)(i)
                if value is not None and value.dynamic_range is None and value.dtype == trt.float32:
                    value.set_dynamic_range(-bound, bound)


class Engines:
    """Builds and loads engines; the builds of a process share one timing cache."""

    def __init__(self):
        self.log = trt.Logger(trt.Logger.ERROR)
        trt.init_libnvinfer_plugins(self.log, "")
        self.builder = trt.Builder(self.log)
        self.cache = None

    def build(self, model, variant):
        network = self.builder.create_network(0)
        parser = trt.OnnxParser(network, self.log)
        if not parser.parse_from_file(str(model)):
            raise RuntimeError("; ".join(str(parser.get_error(i).desc()) for i in range(parser.num_errors)))
        config = self.builder.create_builder_config()
        config.avg_timing_iterations = AVERAGED_TIMINGS
        config.profiling_verbosity = trt.ProfilingVerbosity.DETAILED
        config.set_flag(trt.BuilderFlag.FP16)
        if VARIANTS[variant][1]:
            config.set_flag(trt.BuilderFlag.INT8)
        if variant == "implicit":
            set_ranges(network)
        if self.cache is None:
            self.cache = config.create_timing_cache(b"")
        config.set_timing_cache(self.cache, False)
        plan = self.builder.build_serialized_network(network, config)
        if plan is None:
            raise RuntimeError("the builder made no engine")
        return bytes(plan)

    def load(self, plan):
        return Engine(trt.Runtime(self.log).deserialize_cuda_engine(plan))


class Layers(trt.IProfiler):
    def __init__(self):
        trt.IProfiler.__init__(self)
        self.rows = []

    def report_layer_time(self, layer, milliseconds):
        self.rows.append((layer, milliseconds))


class Engine:
    def __init__(self, engine):
        self.engine = engine
        self.context = engine.create_execution_context()
        self.stream = torch.cuda.Stream()
        self.buffers = {}
        torch.manual_seed(1)
        for i in range(engine.num_io_tensors):
            name = engine.get_tensor_name(i)
            kind = TYPES[engine.get_tensor_dtype(name)]
            values = torch.randn(tuple(engine.get_tensor_shape(name)), device="cuda").to(kind)
            self.buffers[name] = values
            self.context.set_tensor_address(name, values.data_ptr())
        for _ in range(3):
            self.launch()
        torch.cuda.synchronize()
        self.graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(self.graph, stream=self.stream):
            self.launch()
        torch.cuda.synchronize()

    def launch(self):
        assert self.context.execute_async_v3(self.stream.cuda_stream)

    def sample(self, run, seconds):
        """Milliseconds of an inference: the median of single ones, and the mean of as many in a row without a break."""
        event = lambda: torch.cuda.Event(enable_timing=True)
        with torch.cuda.stream(self.stream):
            start = time.monotonic()
            done = 0
            while time.monotonic() - start < seconds / 3:
                for _ in range(10):
                    run()
                torch.cuda.synchronize()
                done += 10
            count = min(1000, max(100, done * 2))
            marks = [event() for _ in range(count + 1)]
            marks[0].record(self.stream)
            for mark in marks[1:]:
                run()
                mark.record(self.stream)
            torch.cuda.synchronize()
            single = statistics.median(a.elapsed_time(b) for a, b in zip(marks, marks[1:]))
            first, last = event(), event()
            first.record(self.stream)
            for _ in range(count):
                run()
            last.record(self.stream)
            torch.cuda.synchronize()
        return {"medianMs": round(single, 5), "meanMs": round(first.elapsed_time(last) / count, 5)}

    def profile(self, runs=40):
        layers = Layers()
        context = self.engine.create_execution_context()
        for name, values in self.buffers.items():
            context.set_tensor_address(name, values.data_ptr())
        context.profiler = layers
        context.enqueue_emits_profile = True
        seen = []
        for _ in range(runs + 5):
            layers.rows = []
            context.execute_async_v3(self.stream.cuda_stream)
            torch.cuda.synchronize()
            seen.append(layers.rows)
        return [
            {"name": rows[0][0], "medianMs": round(statistics.median(ms for _, ms in rows), 5)} for rows in zip(*seen[5:])
        ]

    def information(self):
        """Layers with the formats of what they read and write, which the inspector knows with a context only."""
        inspector = self.engine.create_engine_inspector()
        inspector.execution_context = self.context
        return inspector.get_engine_information(trt.LayerInformationFormat.JSON)


def clock():
    """SM clock, memory clock (MHz), power (W) and temperature now."""
    ask = "--query-gpu=clocks.sm,clocks.mem,power.draw,temperature.gpu --format=csv,noheader,nounits"
    gpu = os.environ.get("CUDA_VISIBLE_DEVICES", "0")
    return os.popen(f"nvidia-smi -i {gpu} {ask}").read().strip()


def build_all(name, engines, models, out, rows):
    plans, seconds = {}, {}
    for variant in rows:
        folder = VARIANTS[variant][0]
        base = out / f"{name}.{variant}"
        plan, failed = pathlib.Path(f"{base}.plan"), pathlib.Path(f"{base}.failed")
        if not plan.exists() and not failed.exists():
            failed.write_text("the process died\n")
            start = time.monotonic()
            try:
                plan.write_bytes(engines.build(models / folder / f"{name}.onnx", variant))
                failed.unlink()
            except RuntimeError as error:
                failed.write_text(f"{error}\n")
            seconds[variant] = round(time.monotonic() - start, 1)
            print(name, variant, seconds[variant], "s", failed.read_text() if failed.exists() else "", flush=True)
        if plan.exists():
            plans[variant] = plan
    return plans, seconds


def measure(name, engines, models, out, chosen):
    plans, seconds = build_all(name, engines, models, out, chosen)
    if not plans:
        return
    loaded = {variant: engines.load(plan.read_bytes()) for variant, plan in plans.items()}
    rows = {variant: {"graph": [], "stream": [], "buildSeconds": seconds.get(variant)} for variant in loaded}
    clocks = []
    order = list(loaded)
    for round_ in range(ROUNDS):
        for variant in order[round_ % len(order) :] + order[: round_ % len(order)]:
            engine = loaded[variant]
            rows[variant]["graph"].append(engine.sample(engine.graph.replay, 0.15))
            rows[variant]["stream"].append(engine.sample(engine.launch, 0.1))
        clocks.append(clock())
    for variant, engine in loaded.items():
        (out / f"{name}.{variant}.layer.json").write_text(engine.information())
        (out / f"{name}.{variant}.profile.json").write_text(json.dumps(engine.profile()))
    (out / f"{name}.time.json").write_text(json.dumps({"variants": rows, "clocks": clocks}))
    print(name, {v: [s["medianMs"] for s in r["graph"]] for v, r in rows.items()}, clocks[-1], flush=True)


def main(rows, models, out, names):
    out.mkdir(parents=True, exist_ok=True)
    gpu = os.environ.get("CUDA_VISIBLE_DEVICES", "0")
    engines = Engines()
    for name in names:
        claim = out / f"{name}.gpu"
        try:
            with claim.open("x") as file:
                file.write(gpu)
        except FileExistsError:
            if claim.read_text() != gpu or (out / f"{name}.time.json").exists():
                continue
        measure(name, engines, models, out, rows)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rows", default=",".join(VARIANTS))
    arguments.add_argument("models", type=pathlib.Path)
    arguments.add_argument("out", type=pathlib.Path)
    arguments.add_argument("names", nargs="+")
    given = arguments.parse_args()
    main([row for row in VARIANTS if row in given.rows.split(",")], given.models, given.out, given.names)
