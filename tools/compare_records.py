#!/usr/bin/env python3
"""Compares two records of one day, field by field.

    tools/compare_records.py OLD/record.jsonl NEW/record.jsonl

Entries are matched by kind and what they are about, in order of time, whatever their numbers: a newer version
may say more. What another version says otherwise on purpose is listed below, and in docs/entries.md under
"What changed". Ends with 0 where incidents, verdicts, counts and hand-overs are the same, else with 1.
"""
import collections
import json
import sys

# What a day comes to: the same in every version.
KEPT = ["report", "refused", "incident", "people", "relation", "order", "consent", "verdict", "parameter",
        "override", "override_ended", "claim"]
# Whose words or figures may be better in a newer version; told, and no fault.
MAY_DIFFER = ["day", "track", "unit", "forecast_requested", "forecast", "doctrine"]
# Fields that differ on purpose.
MAPPED = {
    "verdict": {"before": "number of an entry"},
    "override": {"verdict": "number of an entry"},
    "override_ended": {"override": "number of an entry"},
}


def numbers_out(value):
    """Without the numbers of other entries, which shift where a version says more."""
    if isinstance(value, dict):
        return {name: numbers_out(part) for name, part in value.items() if name != "entry"}
    if isinstance(value, list):
        return [numbers_out(part) for part in value]
    return value


def read(path):
    kinds = collections.defaultdict(list)
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            body = numbers_out(entry["body"])
            for name in MAPPED.get(entry["kind"], {}):
                body.pop(name, None)
            # The requests and orders that a verdict lists name their entry in words.
            for verdict in body.get("verdicts", []):
                verdict["orders"] = [order.rsplit(" (entry", 1)[0] for order in verdict.get("orders", [])]
            kinds[entry["kind"]].append((entry["time"], body))
    return kinds


def differences(old, new, path=""):
    if isinstance(old, dict) and isinstance(new, dict):
        for name in sorted(old.keys() | new.keys()):
            yield from differences(old.get(name), new.get(name), f"{path}.{name}" if path else name)
    elif old != new:
        yield path, old, new


def compare(kind, old, new):
    fields = collections.Counter()
    example = {}
    if len(old) != len(new):
        print(f"  {kind}: {len(old)} entries before, {len(new)} now")
    for (old_time, old_body), (new_time, new_body) in zip(old, new):
        found = list(differences({"time": old_time, **old_body}, {"time": new_time, **new_body}))
        for path, before, now in found:
            fields[path] += 1
            example.setdefault(path, (before, now))
    for path, count in fields.most_common(8):
        before, now = example[path]
        print(f"  {kind}.{path}: differs in {count}; first {str(before)[:120]!r} -> {str(now)[:120]!r}")
    return len(old) == len(new) and not fields


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    old, new = read(sys.argv[1]), read(sys.argv[2])
    same = True
    print("What must be the same:")
    for kind in KEPT:
        if compare(kind, old[kind], new[kind]):
            print(f"  {kind}: {len(old[kind])} entries, all alike")
        else:
            same = False
    print("What may differ:")
    for kind in MAY_DIFFER:
        if compare(kind, old[kind], new[kind]):
            print(f"  {kind}: {len(old[kind])} entries, all alike")
    for kind in sorted(new.keys() - set(KEPT) - set(MAY_DIFFER)):
        print(f"  {kind}: {len(new[kind])} entries, new or of this desk alone")
    sys.exit(0 if same else 1)


if __name__ == "__main__":
    main()
