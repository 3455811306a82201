"""AIS sentences (ITU-R M.1371-5) with the time of arrival in a tag block. Only what the day needs."""


class Bits:
    def __init__(self):
        self.value = 0
        self.size = 0

    def put(self, value, bits):
        self.value = self.value << bits | (int(value) & ((1 << bits) - 1))
        self.size += bits
        return self

    def text(self, text, characters):
        for c in text.ljust(characters, "@")[:characters].upper():
            code = ord(c)
            self.put(code - 64 if code >= 64 else code, 6)
        return self

    def armoured(self):
        fill = -self.size % 6
        value = self.value << fill
        size = self.size + fill
        out = []
        for at in range(size - 6, -1, -6):
            six = value >> at & 63
            out.append(chr(six + 48 if six < 40 else six + 56))
        return "".join(out), fill


def checksum(text):
    total = 0
    for c in text.encode():
        total ^= c
    return f"{total:02X}"


def lines(bits, epoch, channel="A", sequence=0):
    payload, fill = bits.armoured()
    parts = [payload[i:i + 56] for i in range(0, len(payload), 56)]
    out = []
    for number, part in enumerate(parts, 1):
        seq = str(sequence % 10) if len(parts) > 1 else ""
        body = f"AIVDM,{len(parts)},{number},{seq},{channel},{part},{fill if number == len(parts) else 0}"
        tag = f"c:{epoch}"
        out.append(f"\\{tag}*{checksum(tag)}\\!{body}*{checksum(body)}")
    return out


def degrees(value):
    return round(value * 600000)


def class_a(mmsi, lon, lat, speed_kn, course, second, status=0, kind=1):
    b = Bits().put(kind, 6).put(0, 2).put(mmsi, 30).put(status, 4).put(-128, 8).put(min(1022, round(speed_kn * 10)), 10).put(0, 1)
    b.put(degrees(lon), 28).put(degrees(lat), 27).put(round(course * 10) % 3600, 12)
    b.put(round(course) % 360, 9).put(second, 6).put(0, 2).put(0, 3).put(0, 1).put(0, 19)
    return b


def base_station(mmsi, lon, lat, when):
    return (Bits().put(4, 6).put(0, 2).put(mmsi, 30).put(when.year, 14).put(when.month, 4).put(when.day, 5).put(when.hour, 5)
            .put(when.minute, 6).put(when.second, 6).put(1, 1).put(degrees(lon), 28).put(degrees(lat), 27).put(1, 4).put(0, 10)
            .put(0, 1).put(0, 19))


def voyage(mmsi, name, callsign, ship_type, length, beam, destination):
    return (Bits().put(5, 6).put(0, 2).put(mmsi, 30).put(0, 2).put(0, 30).text(callsign, 7).text(name, 20).put(ship_type, 8)
            .put(length * 4 // 5, 9).put(length - length * 4 // 5, 9).put(beam // 2, 6).put(beam - beam // 2, 6).put(1, 4)
            .put(0, 4).put(0, 5).put(24, 5).put(60, 6).put(0, 8).text(destination, 20).put(0, 1).put(0, 1))


def aircraft(mmsi, lon, lat, altitude, speed_kn, course, second):
    return (Bits().put(9, 6).put(0, 2).put(mmsi, 30).put(altitude, 12).put(round(speed_kn), 10).put(0, 1).put(degrees(lon), 28)
            .put(degrees(lat), 27).put(round(course * 10) % 3600, 12).put(second, 6).put(0, 8).put(0, 1).put(0, 3).put(0, 1).put(0, 1)
            .put(0, 19))


def class_b(mmsi, lon, lat, speed_kn, course, second):
    return (Bits().put(18, 6).put(0, 2).put(mmsi, 30).put(0, 8).put(round(speed_kn * 10), 10).put(0, 1).put(degrees(lon), 28)
            .put(degrees(lat), 27).put(round(course * 10) % 3600, 12).put(511, 9).put(second, 6).put(0, 2).put(1, 1).put(0, 8)
            .put(0, 20))


def mark(mmsi, name, lon, lat):
    return (Bits().put(21, 6).put(0, 2).put(mmsi, 30).put(1, 5).text(name, 20).put(0, 1).put(degrees(lon), 28).put(degrees(lat), 27)
            .put(0, 30).put(7, 4).put(60, 6).put(0, 1).put(0, 8).put(0, 1).put(0, 1).put(0, 1).put(0, 1))


def part_a(mmsi, name):
    return Bits().put(24, 6).put(0, 2).put(mmsi, 30).put(0, 2).text(name, 20)


def part_b(mmsi, callsign, ship_type, length, beam):
    return (Bits().put(24, 6).put(0, 2).put(mmsi, 30).put(1, 2).put(ship_type, 8).text("EXE", 3).put(0, 24).text(callsign, 7)
            .put(length // 2, 9).put(length - length // 2, 9).put(beam // 2, 6).put(beam - beam // 2, 6).put(0, 6))
