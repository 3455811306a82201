#!/usr/bin/env python3
"""Serves a recorded log as a live TCP feed, paced by the times that stand in it.

    tools/send_feed.py receiver.nmea.gz --port 10110 --speed 60
    varne serve --feed nmea=tcp://127.0.0.1:10110 …

Each client gets the log from its beginning. Lines without a time follow the line before them at once; a log without
any time is sent at --rate lines a second. Stops with Ctrl-C, or with --once after the first client.
"""
import argparse
import datetime
import gzip
import re
import socket
import sys
import threading
import time

TAG = re.compile(rb"\\[^\\]*\bc:(\d{9,14})")
PGHP = re.compile(rb"\$PGHP,1,(\d+),(\d+),(\d+),(\d+),(\d+),(\d+),(\d+),")
ISO = re.compile(rb"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d+)?")
EPOCH = re.compile(rb"^(\d{9,10}(?:\d{3})?)[, ]|,(\d{9,10})\s*$")


def said(line: bytes):
    """Seconds since 1970 that a line says of itself, or None."""
    if m := TAG.search(line):
        value = int(m[1])
        return value if value < 10**11 else value / 1000
    if m := PGHP.match(line):
        year, month, day, hour, minute, second, ms = map(int, m.groups())
        at = datetime.datetime(year, month, day, hour, minute, second, tzinfo=datetime.timezone.utc)
        return at.timestamp() + ms / 1000
    if m := ISO.search(line):
        at = datetime.datetime.fromisoformat(f"{m[1].decode()}T{m[2].decode()}+00:00")
        return at.timestamp() + float(m[3] or 0)
    if m := EPOCH.search(line):
        value = int(m[1] or m[2])
        return value if value < 10**11 else value / 1000
    return None


def lines_of(path: str):
    with (gzip.open if path.endswith(".gz") else open)(path, "rb") as log:
        yield from log


def send(client: socket.socket, args) -> None:
    began, first, sent = time.monotonic(), None, 0
    for line in lines_of(args.log):
        at = said(line)
        if at is not None:
            first = at if first is None else first
            due = began + (at - first) / args.speed
        elif first is None:
            due = began + sent / args.rate
        else:
            due = 0
        # A log may go back in its times; it is then behind, and sent at once.
        if (wait := due - time.monotonic()) > 0:
            time.sleep(wait)
        client.sendall(line if line.endswith(b"\n") else line + b"\n")
        sent += 1


def serve(client: socket.socket, address, args) -> None:
    print(f"{address[0]}:{address[1]} connected", file=sys.stderr)
    try:
        with client:
            send(client, args)
        print(f"{address[0]}:{address[1]} has it all", file=sys.stderr)
    except OSError as gone:
        print(f"{address[0]}:{address[1]} left ({gone.strerror})", file=sys.stderr)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("log", help="a log of NMEA lines, plots or reports, plain or .gz")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=10110, help="0 lets the system choose; it is printed")
    parser.add_argument("--speed", type=float, default=1.0, help="times real time")
    parser.add_argument("--rate", type=float, default=50.0, help="lines a second, for a log without times")
    parser.add_argument("--once", action="store_true", help="end after the first client")
    args = parser.parse_args()
    if args.speed <= 0 or args.rate <= 0:
        parser.error("--speed and --rate must be above 0")
    try:
        open(args.log, "rb").close()
        listener = socket.create_server((args.host, args.port))
    except OSError as wrong:
        print(f"send_feed: {args.log}, port {args.port}: {wrong.strerror}", file=sys.stderr)
        return 1
    print(f"tcp://{args.host}:{listener.getsockname()[1]}", flush=True)
    try:
        while True:
            client, address = listener.accept()
            if args.once:
                serve(client, address, args)
                return 0
            threading.Thread(target=serve, args=(client, address, args), daemon=True).start()
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
