#!/usr/bin/env python3
"""Measures how soon consoles see what a desk hears, beside connections that say nothing and clients that read slowly.

    tools/measure_consoles.py build/release/varne --consoles 50 --idle 1000 --slow 10 --seconds 60

Starts the desk with a feed of made-up ships; opens WebSockets as consoles do, connections that are silent (opened anew
when the desk ends them), WebSockets that read next to nothing and requests that come a byte a second. Then calls are typed
in, each of another boat, and ships send their first position; an update is how long after that each console has it.
--descriptors N gives the desk so few open files that it has to choose which connections it keeps.
"""
import argparse
import base64
import os
import resource
import selectors
import socket
import subprocess
import sys
import tempfile
import threading
import time
import http.client
import json
import datetime

from measure_desk import Sender, cpu_of, free_port, metric, position, quantile, sail

PROBES = 209900000  # MMSIs of the ships that are looked for


def upgrade(port, receive_buffer=None):
    """A WebSocket, its answer read."""
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if receive_buffer:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    s.settimeout(60)
    s.connect(("127.0.0.1", port))
    key = base64.b64encode(os.urandom(16)).decode()
    s.sendall((f"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
               f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n").encode())
    answer = b""
    while b"\r\n\r\n" not in answer:
        part = s.recv(1)
        if not part:
            raise OSError("the desk ended a connection that asked for a WebSocket")
        answer += part
    if b" 101 " not in answer.split(b"\r\n", 1)[0]:
        raise OSError(answer.decode(errors="replace").split("\r\n", 1)[0])
    return s


class Consoles(threading.Thread):
    """Reads what comes at all of them; notes when each mark is first seen at each."""

    def __init__(self, sockets):
        super().__init__(daemon=True)
        self.selector = selectors.DefaultSelector()
        self.tails, self.lost, self.over, self.bytes = {}, 0, False, 0
        self.waiting, self.seen, self.lock = {}, {}, threading.Lock()
        for s in sockets:
            s.setblocking(False)
            self.selector.register(s, selectors.EVENT_READ)
            self.tails[s] = b""

    def expect(self, mark, began):
        with self.lock:
            self.waiting[mark] = [began, set()]
            self.seen[mark] = []

    def run(self):
        while not self.over:
            for key, _ in self.selector.select(0.1):
                s = key.fileobj
                try:
                    part = s.recv(1 << 20)
                except BlockingIOError:
                    continue
                except OSError:
                    part = b""
                now = time.monotonic()
                if not part:
                    self.lost += 1
                    self.selector.unregister(s)
                    continue
                self.bytes += len(part)
                text = self.tails[s] + part
                self.tails[s] = text[-40:]
                with self.lock:
                    for mark, (began, there) in list(self.waiting.items()):
                        if s not in there and mark in text:
                            there.add(s)
                            self.seen[mark].append((now - began) * 1000)
                            if len(there) == len(self.tails):
                                del self.waiting[mark]


class Idle(threading.Thread):
    """Connections that say nothing; one that the desk ends is opened anew, as by a client that will not learn."""

    def __init__(self, port, count):
        super().__init__(daemon=True)
        self.port, self.over, self.ended, self.refused, self.lives = port, False, 0, 0, []
        self.selector, self.count = selectors.DefaultSelector(), count
        for _ in range(count):
            self.open()

    def open(self):
        try:
            s = socket.create_connection(("127.0.0.1", self.port), 30)
            s.setblocking(False)
            self.selector.register(s, selectors.EVENT_READ, time.monotonic())
        except OSError:
            self.refused += 1

    def run(self):
        while not self.over:
            for key, _ in self.selector.select(0.1):
                try:
                    if key.fileobj.recv(100):
                        continue
                except BlockingIOError:
                    continue
                except OSError:
                    pass
                self.selector.unregister(key.fileobj)
                key.fileobj.close()
                self.ended += 1
                self.lives.append(time.monotonic() - key.data)
                self.open()


class Slow(threading.Thread):
    """WebSockets that read a hundred bytes a second, and as many requests of which a byte comes a second."""

    def __init__(self, port, count):
        super().__init__(daemon=True)
        self.over, self.port = False, port
        self.readers = [upgrade(port, 4096) for _ in range(count)]
        self.writers = [socket.create_connection(("127.0.0.1", port), 30) for _ in range(count)]
        self.ended = 0

    def run(self):
        request = f"GET /api/state HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nX-Slow: {'a' * 4000}\r\n\r\n".encode()
        at = 0
        while not self.over:
            for s in self.readers:
                try:
                    s.recv(100)
                except OSError:
                    pass
            for i, s in enumerate(self.writers):
                try:
                    s.send(request[at:at + 1])
                except OSError:
                    self.ended += 1
                    s.close()
                    self.writers[i] = socket.create_connection(("127.0.0.1", self.port), 30)
            at = (at + 1) % len(request)
            time.sleep(1)


def told(name, seen, consoles):
    took = [ms for one in seen.values() for ms in one]
    missing = sum(consoles - len(one) for one in seen.values())
    print(f"{name}: {len(seen)} told to {consoles} consoles, {missing} not seen; p50 {quantile(took, 0.5):.1f} ms, "
          f"p99 {quantile(took, 0.99):.1f} ms, max {max(took, default=0):.1f} ms")


def call(port, n):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    connection.request("POST", "/api/reports", json.dumps(
        {"id": f"m{n}", "time": now, "kind": "call", "from": "caller", "boat": f"Probe{n:05}",
         "at": [1.3 + n % 50 * 0.004, 51.0], "persons": [30, 40]}), {"Content-Type": "application/json"})
    status = connection.getresponse().status
    connection.close()
    return status


def measure(args, folder) -> None:
    port = free_port(socket.SOCK_STREAM)
    listener = socket.create_server(("127.0.0.1", 0))
    command = [args.varne, "serve", "--feed", f"nmea=tcp://127.0.0.1:{listener.getsockname()[1]}", "--record",
               f"{folder}/desk.db", "--port", str(port)]
    few = (lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (args.descriptors,) * 2)) if args.descriptors else None
    desk = subprocess.Popen(command, stdout=subprocess.DEVNULL, preexec_fn=few)
    try:
        peer = listener.accept()[0]
        for _ in range(600):
            try:
                if metric(port, "varne_entries_total") >= 0:
                    break
            except OSError:
                time.sleep(0.1)
        sender = Sender(sail(args.ships, int(args.rate * (args.seconds + 5)), args.rate), args.rate,
                        lambda part: peer.sendall(b"".join(part)))
        idle = Idle(port, args.idle)
        consoles = Consoles([upgrade(port) for _ in range(args.consoles)])
        slow = Slow(port, args.slow)
        for thread in (consoles, idle, slow, sender):
            thread.start()
        time.sleep(5)
        before, began, wrong, calls, ships, open_most = cpu_of(desk.pid), time.monotonic(), 0, [], [], 0
        for n in range(int(args.seconds * args.probes)):
            if args.boats and n % max(1, int(args.seconds * args.probes / args.boats)) == 0:
                mark = f"Probe{n:05}".encode()
                consoles.expect(mark, time.monotonic())
                calls.append(mark)
                wrong += call(port, n) != 200
            mmsi = PROBES + n
            line = position(mmsi, 1.5 + n % 40 * 0.01, 50.9, 10.0, 30.0, 10)
            consoles.expect(str(mmsi).encode(), time.monotonic())
            ships.append(str(mmsi).encode())
            peer.sendall(line)
            if n % 10 == 0:
                open_most = max(open_most, metric(port, "varne_connections"))
            time.sleep(max(0.0, began + (n + 1) / args.probes - time.monotonic()))
        spent = (cpu_of(desk.pid) - before) / (time.monotonic() - began)
        time.sleep(2)
        for thread in (consoles, idle, slow):
            thread.over = True
        told("a call", {m: consoles.seen[m] for m in calls}, args.consoles)
        told("a ship's first position", {m: consoles.seen[m] for m in ships}, args.consoles)
        print(f"{args.rate:.0f} AIS lines a second of {args.ships} ships; {wrong} calls refused; {consoles.lost} consoles "
              f"lost; {consoles.bytes / args.consoles / 1024 / (args.seconds + 7):.0f} KiB a second and console; "
              f"the desk took {spent * 100:.0f} % of a core")
        print(f"{args.idle} silent connections: {idle.ended} ended by the desk and opened anew, after "
              f"{quantile(idle.lives, 0.5):.1f} s in the middle and {quantile(idle.lives, 0.01):.1f} s at the least; "
              f"{idle.refused} refused; {args.slow} slow readers, {args.slow} slow writers ({slow.ended} ended); "
              f"at most {open_most:.0f} connections open")
    finally:
        desk.terminate()
        desk.wait(60)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("varne", help="the program")
    parser.add_argument("--consoles", type=int, default=50)
    parser.add_argument("--idle", type=int, default=1000)
    parser.add_argument("--slow", type=int, default=10)
    parser.add_argument("--ships", type=int, default=300)
    parser.add_argument("--rate", type=float, default=50, help="AIS sentences a second")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--probes", type=float, default=4, help="first positions of ships a second")
    parser.add_argument("--boats", type=int, default=12, help="calls in all, each of another boat")
    parser.add_argument("--descriptors", type=int, help="open files that the desk may have")
    args = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    with tempfile.TemporaryDirectory() as folder:
        measure(args, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
