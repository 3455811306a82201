#!/usr/bin/env python3
"""Measures a live desk under a busy feed: its CPU time a line, what it lost, how soon it answers meanwhile; and
how soon it serves again when it was killed.

    tools/measure_desk.py build/release/varne --ships 10400 --rate 20000 --seconds 30 --over tcp
    tools/measure_desk.py build/release/varne --ships 100000 --rate 20000 --seconds 50 --quiet --restarts 5

Starts the desk with a feed of made-up ships that sail through the Channel, on one core where --core names one, asks
/api/health ten times a second and types in a call for help twice a second, and prints one line a figure. The lines
are made before the clock starts; the sender keeps to the rate and says how far it fell behind.
"""
import argparse
import datetime
import http.client
import json
import math
import os
import random
import resource
import socket
import subprocess
import sys
import tempfile
import threading
import time

ARMOUR = "".join(chr(v + 48 if v < 40 else v + 56) for v in range(64))


def position(mmsi: int, lon: float, lat: float, knots: float, course: float, second: int) -> bytes:
    """A class A position report (M.1371-5, type 1) as a receiver sends it."""
    bits = 0
    for value, width in ((1, 6), (0, 2), (mmsi, 30), (0, 4), (-128, 8), (round(knots * 10), 10), (1, 1),
                         (round(lon * 600000), 28), (round(lat * 600000), 27), (round(course * 10), 12),
                         (round(course), 9), (second, 6), (0, 2), (0, 3), (0, 1), (0, 19)):
        bits = bits << width | value & ((1 << width) - 1)
    payload = "".join(ARMOUR[bits >> shift & 63] for shift in range(162, -6, -6))
    body = f"AIVDM,1,1,,A,{payload},0"
    check = 0
    for c in body.encode():
        check ^= c
    return f"!{body}*{check:02X}\r\n".encode()


def sail(ships: int, lines: int, rate: float) -> list[bytes]:
    """So many lines, ship after ship, each where she is by then."""
    rng = random.Random(7)
    fleet = [(201000000 + i, rng.uniform(0.5, 2.5), rng.uniform(50.2, 51.6), rng.uniform(4, 22), rng.uniform(0, 359))
             for i in range(ships)]
    out = []
    for i in range(lines):
        mmsi, lon, lat, knots, course = fleet[i % ships]
        s = i / rate
        way = knots * s / 3600 / 60  # degrees of latitude
        out.append(position(mmsi, lon + way * math.sin(math.radians(course)) / math.cos(math.radians(lat)),
                            lat + way * math.cos(math.radians(course)), knots, course, int(s) % 60))
    return out


class Sender(threading.Thread):
    """Keeps to the rate in slices of 5 ms; a slice that cannot be sent in time is sent late."""

    def __init__(self, lines, rate, send):
        super().__init__(daemon=True)
        self.lines, self.rate, self.send_slice, self.late = lines, rate, send, 0.0

    def run(self):
        began, at, size = time.monotonic(), 0, max(1, round(self.rate * 0.005))
        while at < len(self.lines):
            due = began + at / self.rate
            if (wait := due - time.monotonic()) > 0:
                time.sleep(wait)
            self.send_slice(self.lines[at:at + size])
            at += size
            self.late = max(self.late, time.monotonic() - due)


class Prober(threading.Thread):
    """Asks again and again; keeps how long each answer took [ms]."""

    def __init__(self, port, every, ask):
        super().__init__(daemon=True)
        self.port, self.every, self.ask, self.took, self.over, self.wrong = port, every, ask, [], False, 0

    def run(self):
        n = 0
        while not self.over:
            began = time.monotonic()
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
                self.wrong += self.ask(connection, n) != 200
                connection.close()
            except OSError:
                self.wrong += 1
            self.took.append((time.monotonic() - began) * 1000)
            n += 1
            time.sleep(max(0.0, self.every - (time.monotonic() - began)))


def health(connection, _):
    connection.request("GET", "/api/health")
    answer = connection.getresponse()
    answer.read()
    return answer.status


def call(connection, n):
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    connection.request("POST", "/api/reports", json.dumps(
        {"id": f"m{n}", "time": now, "kind": "call", "from": "caller", "boat": f"B{n}", "at": [1.3 + n * 0.001, 51.0],
         "persons": [30, 40], "distress": True}), {"Content-Type": "application/json"})
    answer = connection.getresponse()
    answer.read()
    return answer.status


def quantile(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else math.nan


def metric(port, name):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/metrics")
    text = connection.getresponse().read().decode()
    connection.close()
    return sum(float(line.rsplit(" ", 1)[1]) for line in text.splitlines() if line.startswith((name + " ", name + "{")))


def free_port(kind):
    with socket.socket(socket.AF_INET, kind) as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def cpu_of(pid):
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def until_it_serves(port):
    """While a desk starts it answers 503."""
    while True:
        try:
            if health(http.client.HTTPConnection("127.0.0.1", port, timeout=60), 0) == 200:
                return
        except OSError:
            pass
        time.sleep(0.005)


def serves_after(command, port, tracks):
    """Starts a desk. @returns how long until it serves, by the wall and by its CPU [s], and the desk"""
    began = time.monotonic()
    desk = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    until_it_serves(port)
    took = time.monotonic() - began, cpu_of(desk.pid)
    held = metric(port, "varne_tracks")
    if held != tracks:
        print(f"  {tracks:.0f} tracks before it was killed, {held:.0f} after")
    return *took, desk


def restart(args, desk, command, port):
    """Kills the desk and starts it again, so many times. @returns the last one"""
    took = []
    for _ in range(args.restarts):
        tracks = metric(port, "varne_tracks")
        desk.kill()
        desk.wait(60)
        *times, desk = serves_after(command, port, tracks)
        took.append(times)
    wall, cpu = zip(*took)
    print(f"killed {args.restarts} times: served again after {quantile(wall, 0.5):.2f} s (median), at most "
          f"{max(wall):.2f} s; {quantile(cpu, 0.5):.2f} s of CPU (median)")
    return desk


def measure(args, folder) -> None:
    lines = sail(args.ships, int(args.rate * args.seconds), args.rate)
    port = free_port(socket.SOCK_STREAM)
    if args.over == "tcp":
        listener = socket.create_server(("127.0.0.1", 0))
        feed = f"nmea=tcp://127.0.0.1:{listener.getsockname()[1]}"
    else:
        feed = f"nmea=udp://127.0.0.1:{free_port(socket.SOCK_DGRAM)}"
    command = [args.varne, "serve", "--feed", feed, "--record", f"{folder}/desk.db", "--port", str(port)]
    if args.core is not None:
        command = ["taskset", "-c", str(args.core), *command]
    desk = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        if args.over == "tcp":
            peer = listener.accept()[0]
            send = lambda part: peer.sendall(b"".join(part))
        else:
            peer = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            peer.connect(("127.0.0.1", int(feed.rsplit(":", 1)[1])))

            def send(part):
                for line in part:  # a datagram a sentence, as most receivers have it
                    peer.send(line)
        until_it_serves(port)
        probers = [Prober(port, 0.1, health), Prober(port, 0.5, call)] if not args.quiet else []
        sender = Sender(lines, args.rate, send)
        before, began = cpu_of(desk.pid), time.monotonic()
        for thread in [sender, *probers]:
            thread.start()
        sender.join()
        for prober in probers:
            prober.over = True
        # What still waits in sockets is taken before the account is made.
        for _ in range(600):
            used = cpu_of(desk.pid)
            time.sleep(0.5)
            if cpu_of(desk.pid) - used < 0.1:
                break
        spent = cpu_of(desk.pid) - before
        print(f"{len(lines)} lines of {args.ships} ships over {args.over} in {time.monotonic() - began:.1f} s; "
              f"the sender was at most {sender.late * 1000:.0f} ms late")
        print(f"CPU {spent:.2f} s, {spent / len(lines) * 1e6:.1f} us a line: "
              f"{len(lines) / max(spent, 0.01):.0f} lines a second and core")
        for what in ("tracks", "entries_total", "feed_lines_total", "feed_refused_total", "feed_dropped_total"):
            print(f"{what} {metric(port, 'varne_' + what):.0f}")
        for name, prober in zip(("health", "distress report acknowledged"), probers):
            prober.join(60)
            print(f"{name}: {len(prober.took)} asked, {prober.wrong} not answered well; p50 "
                  f"{quantile(prober.took, 0.5):.1f} ms, p99 {quantile(prober.took, 0.99):.1f} ms, "
                  f"max {max(prober.took):.1f} ms")
        if args.restarts:
            desk = restart(args, desk, command, port)
    finally:
        desk.terminate()
        desk.wait(60)
        print(f"peak memory {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MiB")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("varne", help="the program")
    parser.add_argument("--ships", type=int, default=10400)
    parser.add_argument("--rate", type=float, default=20000, help="sentences a second")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--over", choices=("tcp", "udp"), default="tcp")
    parser.add_argument("--core", type=int, help="the one core that the desk may use")
    parser.add_argument("--restarts", type=int, default=0, help="so often it is killed and started again afterwards")
    parser.add_argument("--quiet", action="store_true", help="ask nothing meanwhile")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(args, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
