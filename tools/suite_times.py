#!/usr/bin/env python3
"""How long each suite of tests took, slowest first, from what the test binaries wrote beside their results.

    tools/suite_times.py build/release/times [how many]
"""
import pathlib
import sys
import xml.etree.ElementTree as xml

folder = pathlib.Path(sys.argv[1])
most = int(sys.argv[2]) if len(sys.argv) > 2 else 20
suites = []
for file in sorted(folder.glob("*.xml")):
    for suite in xml.parse(file).getroot().iter("testsuite"):
        slowest = max(suite.iter("testcase"), key=lambda case: float(case.get("time")), default=None)
        suites.append((float(suite.get("time")), file.stem, suite.get("name"), int(suite.get("tests")), slowest))
suites.sort(key=lambda one: -one[0])
print(f"{sum(one[0] for one in suites):7.1f} s in {len(suites)} suites; the slowest:")
for time, binary, name, tests, slowest in suites[:most]:
    print(f"{time:7.1f} s  {binary + ': ' + name:<36} {tests:>3} tests, longest {slowest.get('name')} ({float(slowest.get('time')):.1f} s)")
