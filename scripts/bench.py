"""Runs whole processes and prints their time and peak memory as Markdown; see bench-startup.sh, bench-scaling.sh, bench-forecast.sh."""

import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time

CHECK = "import onnx, sys; onnx.checker.check_model(onnx.load(sys.argv[1]))"


def measure(command):
    """Seconds from start to end, CPU seconds and peak resident MB of one process and its children."""
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        # qdqlint ends with 1 when it has findings.
        if os.waitstatus_to_exitcode(status) not in (0, 1):
            errors.seek(0)
            sys.exit(f"{command}: {errors.read().decode()}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def alternate(commands, rounds):
    """Medians for each command, run in turns so that what disturbs the machine disturbs all; one round warms caches."""
    runs = [[] for _ in commands]
    for i in range(rounds + 1 if rounds > 1 else 1):
        for command, results in zip(commands, runs):
            result = measure(command)
            if i > 0 or rounds == 1:
                results.append(result)
    return [tuple(statistics.median(column) for column in zip(*results)) for results in runs]


def output(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return (done.stdout + done.stderr).strip()


def machine():
    with open("/proc/cpuinfo") as f:
        cpu = re.search(r"model name\s*: (.*)", f.read())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    java = os.path.join(os.environ["JAVA_HOME"], "bin/java") if "JAVA_HOME" in os.environ else "java"
    print(f"{cpu.group(1) if cpu else platform.machine()}, {len(os.sched_getaffinity(0))} cores, {memory:.0f} GiB; "
          f"{platform.system()} {platform.release().split('-')[0]}")
    print(f"{output(java, '-version').splitlines()[1]}; {output('./qdqlint', '--version')}")


def compare(rounds, model):
    theirs = output(sys.executable, "-c", "import onnx, platform; print(platform.python_version(), onnx.__version__)")
    python, version = theirs.split()
    us, them = alternate([["./qdqlint", model], [sys.executable, "-c", CHECK, model]], rounds)
    machine()
    print(f"Load average {os.getloadavg()[0]:.1f}; medians of {rounds} alternating runs on {os.path.getsize(model) / 1e6:.0f} MB\n")
    print("| | time, s | CPU, s | peak memory, MB |\n|---|---:|---:|---:|")
    print("| `qdqlint yolov7.onnx` | {:.2f} | {:.2f} | {:.0f} |".format(*us))
    print("| `onnx.load` + `check_model`, Python {}, onnx {} | {:.2f} | {:.2f} | {:.0f} |".format(python, version, *them))
    print("| ratio | {:.2f} | {:.2f} | {:.2f} |".format(*(a / b for a, b in zip(us, them))))


def scale(sizes):
    machine()
    print(f"Load average {os.getloadavg()[0]:.1f}; medians of 3 runs, one run from 1 M nodes on\n")
    print("| nodes | file, MB | time, s | CPU, s | peak memory, MB | time per 1000 nodes, ms |\n|---:|---:|---:|---:|---:|---:|")
    for nodes in map(int, sizes):
        model = f"target/bench/synthetic-{nodes}.onnx"
        ((seconds, cpu, memory),) = alternate([["./qdqlint", "-f", "json=/dev/null", model]], 3 if nodes < 1_000_000 else 1)
        size = os.path.getsize(model) / 1e6
        print(f"| {nodes:,} | {size:.1f} | {seconds:.2f} | {cpu:.2f} | {memory:.0f} | {seconds / nodes * 1e6:.1f} |", flush=True)


def families(models):
    """CPU seconds and peak memory; models are called target/bench/FAMILY-SIZE.onnxtxt."""
    machine()
    print(f"Load average {os.getloadavg()[0]:.1f}; one run each\n")
    print("| pattern | times | `check`, CPU s | MB | `fix --unsafe --dry-run`, CPU s | MB |\n|---|---:|---:|---:|---:|---:|")
    for model in models:
        family, size = os.path.basename(model).split(".")[0].rsplit("-", 1)
        _, check, memory = measure(["./qdqlint", "-f", "json=/dev/null", model])
        _, fix, more = measure(["./qdqlint", "fix", "--unsafe", "--dry-run", "--no-verify", model])
        print(f"| {family.lower().replace('_', ' ')} | {int(size):,} | {check:.1f} | {memory:.0f} | {fix:.1f} | {more:.0f} |", flush=True)


def forecast(models):
    machine()
    print(f"Load average {os.getloadavg()[0]:.1f}; medians of 5 alternating runs, one run from 350 MB on\n")
    print("| model | check, s | forecast, s | ratio | check, CPU s | forecast, CPU s | ratio |\n|---|---:|---:|---:|---:|---:|---:|")
    for model in models:
        commands = [["./qdqlint", command, "-f", "json=/dev/null", model] for command in ("check", "forecast")]
        lint, told = alternate(commands, 5 if os.path.getsize(model) < 350e6 else 1)
        name = os.path.basename(model)
        print(f"| {name} | {lint[0]:.2f} | {told[0]:.2f} | {told[0] / lint[0]:.2f} | {lint[1]:.2f} | {told[1]:.2f} | {told[1] / lint[1]:.2f} |",
              flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "compare":
        compare(int(sys.argv[2]), sys.argv[3])
    elif sys.argv[1] == "forecast":
        forecast(sys.argv[2:])
    elif sys.argv[1] == "families":
        families(sys.argv[2:])
    else:
        scale(sys.argv[2:])
