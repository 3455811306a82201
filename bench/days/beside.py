#!/usr/bin/env python3
"""What SimPy and SUMO (Debian: python3-simpy3, sumo) take for tasks like those of bench_days, in CPU time, medians
of five. Both tasks are easier than ours: the stream is the same everywhere, and nobody watches, judges or decides.

    /usr/bin/python3 bench/days/beside.py && build/release/bench_days --benchmark_repetitions=5
"""
import math
import random
import resource
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import simpy

REPETITIONS = 5
BOATS = 256
MINUTES = 600


def stream(minute):
    """A tide of twelve hours and 25 minutes, 1.2 m/s at its strongest."""
    turn = 2 * math.pi * minute / 745
    return 1.2 * math.cos(turn), 0.5 * math.sin(turn)


def simpy_boats():
    """Every boat a process that is carried on once a minute. Gives boat-updates a CPU second."""
    place = [[0.0, 0.0] for _ in range(BOATS)]

    def boat(env, at):
        while True:
            east, north = stream(env.now)
            at[0] += (1.5 + east) * 60
            at[1] += (1.5 + north) * 60
            yield env.timeout(1)

    env = simpy.Environment()
    for at in place:
        env.process(boat(env, at))
    begun = time.process_time()
    env.run(until=MINUTES)
    return BOATS * MINUTES / (time.process_time() - begun)


def simpy_day():
    """60 boats and fifteen units for thirty hours: calls, a queue for units, ways, people taken aboard. CPU ms."""
    rng = random.Random(7)

    def boat(env, units):
        at = rng.uniform(0, 720)
        yield env.timeout(at)
        for _ in range(600):  # under way, carried every minute
            stream(env.now)
            yield env.timeout(1)
            if rng.random() < 0.01:
                break
        with units.request() as unit:
            yield unit
            yield env.timeout(rng.triangular(5, 30, 10) + rng.uniform(10, 60))
            yield env.timeout(rng.uniform(10, 40) + 60)

    begun = time.process_time()
    env = simpy.Environment()
    units = simpy.Resource(env, capacity=15)
    for _ in range(60):
        env.process(boat(env, units))
    env.run(until=1800)
    return (time.process_time() - begun) * 1000


def sumo_vehicles():
    """Vehicles far apart on straight roads, a step a second. Gives vehicle-updates a CPU second."""
    steps, vehicles = 1000, 500
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        (at / "n.nod.xml").write_text('<nodes><node id="a" x="0" y="0"/><node id="b" x="90000" y="0"/></nodes>')
        (at / "e.edg.xml").write_text('<edges><edge id="e" from="a" to="b" numLanes="10" speed="14"/></edges>')
        cars = "".join(
            f'<vehicle id="v{i}" route="r" depart="0" departLane="{i % 10}" departPos="{1000 * (i // 10) + 10}" departSpeed="10"/>'
            for i in range(vehicles)
        )
        (at / "r.rou.xml").write_text(f'<routes><route id="r" edges="e"/>{cars}</routes>')
        subprocess.run(["netconvert", "-n", at / "n.nod.xml", "-e", at / "e.edg.xml", "-o", at / "n.net.xml"], check=True, capture_output=True)

        def run(end):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            command = ["sumo", "-n", at / "n.net.xml", "-r", at / "r.rou.xml", "--end", str(end), "--no-step-log"]
            subprocess.run(command, check=True, capture_output=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

        # What starting takes is not its speed.
        return vehicles * (steps - 10) / (run(steps) - run(10))


def median(task):
    return statistics.median(task() for _ in range(REPETITIONS))


if __name__ == "__main__":
    print(f"SimPy {simpy.__version__}: {median(simpy_boats):,.0f} boat-updates a CPU second")
    print(f"SimPy {simpy.__version__}: {median(simpy_day):.0f} ms of CPU time for a day of 60 boats and 15 units")
    version = subprocess.run(["sumo", "--version"], capture_output=True, text=True).stdout.split("\n")[0].split()[-1]
    print(f"SUMO {version}: {median(sumo_vehicles):,.0f} vehicle-updates a CPU second")
