#!/usr/bin/env python3
"""Packs a release: the same input gives the same bytes.

pack.py jar JAR OUT LIBRARIES PLATFORM     the jar without ONNX Runtime's libraries; those of one platform go to the folder LIBRARIES
pack.py tar FOLDER OUT                     FOLDER as .tar.gz
pack.py wheel IMAGE OUT_FOLDER VERSION     a Python wheel that carries the runtime image; prints its path
pack.py sums OUT FILE...                   the files' SHA-256, as sha256sum writes them

SOURCE_DATE_EPOCH, seconds, is the time of every file. Only Python's own library is used.
"""

import base64
import gzip
import hashlib
import os
import platform
import re
import sys
import tarfile
import time
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
EPOCH = int(os.environ.get("SOURCE_DATE_EPOCH", "1767225600"))
NATIVE = "ai/onnxruntime/native/"
SUMMARY = "Static analysis of quantized (Q/DQ) ONNX models for TensorRT"


def entry(name, executable=False):
    info = zipfile.ZipInfo(name, time.gmtime(EPOCH)[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 3
    info.external_attr = (0o100755 if executable else 0o100644) << 16
    return info


def jar(source, out, libraries, platform_name):
    libraries = Path(libraries)
    libraries.mkdir(parents=True)
    wanted = NATIVE + platform_name + "/"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            if not info.filename.startswith(NATIVE):
                new.writestr(entry(info.filename), old.read(info))
            elif info.filename.startswith(wanted) and not info.is_dir():
                (libraries / Path(info.filename).name).write_bytes(old.read(info))
    # Java takes the AOT cache for the jar with this time only.
    os.utime(out, (EPOCH, EPOCH))
    if not any(libraries.iterdir()):
        sys.exit(f"pack.py: {source} has no {wanted}")


def files(folder):
    return sorted((p for p in Path(folder).rglob("*") if not p.is_dir()), key=str)


def executable(path):
    return os.access(path, os.X_OK)


def tar(folder, out):
    folder = Path(folder)
    with open(out, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, EPOCH) as packed:
        with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive:
            for path in files(folder):
                info = archive.gettarinfo(path, str(path.relative_to(folder.parent)))
                info.mode = 0o755 if executable(path) else 0o644
                info.uid = info.gid = 0
                info.uname = info.gname = ""
                info.mtime = EPOCH
                if info.isreg():
                    with open(path, "rb") as data:
                        archive.addfile(info, data)
                else:
                    archive.addfile(info)


def tag(image):
    """The platform tag: that of the newest glibc which a library of the image needs."""
    minors = [17]
    for path in files(image):
        data = path.read_bytes()
        if data.startswith(b"\x7fELF"):
            minors += [int(m) for m in re.findall(rb"GLIBC_2\.(\d+)", data)]
    return f"manylinux_2_{max(minors)}_{platform.machine()}"


def wheel(image, out, version):
    image = Path(image)
    tags = f"py3-none-{tag(image)}"
    info = f"qdqlint-{version}.dist-info"
    contents = {f"qdqlint/{p.name}": p for p in files(HERE / "src/main/python/qdqlint") if p.suffix == ".py"}
    contents |= {f"qdqlint/image/{p.relative_to(image)}": p for p in files(image)}
    made = {
        "qdqlint/_time.py": f"# The jar's time, seconds since 1970\nJAR = {EPOCH}\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: qdqlint\nVersion: {version}\nSummary: {SUMMARY}\n"
        "License: Apache-2.0\nRequires-Python: >=3.8\nDescription-Content-Type: text/markdown\n\n"
        + (HERE / "README.md").read_text("utf-8"),
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nGenerator: pack.py\nRoot-Is-Purelib: false\nTag: {tags}\n",
        f"{info}/entry_points.txt": "[console_scripts]\nqdqlint = qdqlint.__main__:main\n",
        f"{info}/LICENSE": (HERE / "LICENSE").read_text("utf-8"),
    }
    path = Path(out) / f"qdqlint-{version}-{tags}.whl"
    record = []
    with zipfile.ZipFile(path, "w") as archive:

        def add(name, data, runs=False):
            archive.writestr(entry(name, runs), data)
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            record.append(f"{name},sha256={digest},{len(data)}\n")

        for name, file in contents.items():
            add(name, file.read_bytes(), executable(file) and name.startswith("qdqlint/image/"))
        for name, text in made.items():
            add(name, text.encode())
        archive.writestr(entry(f"{info}/RECORD"), "".join(record) + f"{info}/RECORD,,\n")
    print(path)


def sums(out, *paths):
    lines = (f"{hashlib.sha256(Path(p).read_bytes()).hexdigest()}  {Path(p).name}\n" for p in paths)
    Path(out).write_text("".join(lines))


if __name__ == "__main__":
    commands = {"jar": jar, "tar": tar, "wheel": wheel, "sums": sums}
    if len(sys.argv) < 4 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    commands[sys.argv[1]](*sys.argv[2:])
