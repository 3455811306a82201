"""The units of both sides: what they are (units.toml) and what they say on AIS. Speeds and room as in data/units/channel.toml;
the MMSIs are made up."""
from . import ais
from .traffic import EPOCH, Craft
from .water import Draw, apart, course, lonlat, xy

#        name, kind, state, centre, base, home, speed_kn, capacity, mmsi
UNITS = [("RNLI Dungeness", "lifeboat", "UK", "MRCC Dover", "Dungeness", (0.985, 50.920), 25, 79, 232990101),
         ("RNLI Dover", "lifeboat", "UK", "MRCC Dover", "Dover", (1.325, 51.117), 25, 185, 232990102),
         ("RNLI Ramsgate", "lifeboat", "UK", "MRCC Dover", "Ramsgate", (1.422, 51.329), 25, 70, 232990103),
         ("HMC Valiant", "cutter", "UK", "MRCC Dover", "Dover", (1.330, 51.115), 26, 100, 232990104),
         ("HMC Searcher", "cutter", "UK", "MRCC Dover", "Ramsgate", (1.425, 51.327), 26, 100, 232990105),
         ("HM Coastguard Lydd", "helicopter", "UK", "MRCC Dover", "Lydd", (0.939, 50.956), 145, 8, 111232990),
         ("Abeille Languedoc", "tug", "FR", "CROSS Gris-Nez", "Boulogne-sur-Mer", (1.585, 50.728), 15, 150, 227990106),
         ("SNSM Calais", "lifeboat", "FR", "CROSS Gris-Nez", "Calais", (1.853, 50.966), 20, 40, 227990107),
         ("Flamant", "patrol", "FR", "CROSS Gris-Nez", "Cherbourg", (-1.630, 49.650), 22, 80, 227990108),
         ("Dauphin Le Touquet", "helicopter", "FR", "CROSS Gris-Nez", "Le Touquet", (1.627, 50.517), 135, 6, 111227990)]

# Where the French units go up and down.
BEATS = {"Flamant": [(1.50, 50.86), (1.66, 50.99), (1.80, 51.06), (1.66, 50.99)], "Abeille Languedoc": [(1.42, 50.74), (1.48, 50.84), (1.60, 50.95), (1.48, 50.84)],
         "SNSM Calais": [(1.84, 50.985), (1.70, 51.00), (1.72, 51.03), (1.90, 51.02)]}


def toml():
    out = ["# Units of the exercise, as in data/units/channel.toml, with MMSIs that are made up. Made by tools/make_day.py.\n"]
    for name, kind, state, centre, base, home, speed, room, mmsi in UNITS:
        out.append(f'[[unit]]\nname = "{name}"\nkind = "{kind}"\nstate = "{state}"\ncentre = "{centre}"\nbase = "{base}"\n'
                   f"home = [{home[0]}, {home[1]}]\nspeed_kn = {speed}\ncapacity = {room}\nmmsi = {mmsi}\n")
    return "\n".join(out)


def ladder(middle, begin, speed_kn, mmsi, home):
    """A search in parallel tracks about a place, out from home and back."""
    lon, lat = middle
    way = [home]
    for i in range(7):
        west, east = (lon - 0.11, lat - 0.05 + i * 0.017), (lon + 0.11, lat - 0.035 + i * 0.017)
        way += [west, east] if i % 2 == 0 else [east, west]
    return Craft(mmsi, "search", way + [home], speed_kn, begin, "aircraft")


class Fleet:
    def __init__(self, vessels, kayak):
        of = {unit[0]: unit for unit in UNITS}
        self.mmsi = {name: unit[8] for name, unit in of.items()}
        self.tracks = {v.name: dict((t, (lon, lat)) for t, lon, lat in v.track) for v in vessels}
        self.homes = {v.name: lonlat(*v.home) for v in vessels}
        self.beats = [Craft(self.mmsi[name], name, beat * 12, 11, 0, "unit") for name, beat in BEATS.items()]
        self.flights = [ladder(kayak, 47700, 90, self.mmsi["Dauphin Le Touquet"], of["Dauphin Le Touquet"][5]),
                        ladder((kayak[0] - 0.05, kayak[1] + 0.04), 52200, 95, self.mmsi["HM Coastguard Lydd"], of["HM Coastguard Lydd"][5])]

    def at_sea(self, t):
        """Those on the water whom a radar sees."""
        minute = (t // 60 + 1) * 60
        for name, track in self.tracks.items():
            if minute in track and apart(xy(*track[minute]), xy(*self.homes[name])) > 1500:
                yield track[minute]
        for craft in self.beats:
            place = craft.at(t)
            if place:
                yield place[:2]

    def sentences(self):
        for name, track in self.tracks.items():
            yield from self.vessel(name, sorted(track.items()))
        for craft in [*self.beats, *self.flights]:
            yield from self.on_way(craft)

    def vessel(self, name, track):
        mmsi = self.mmsi[name]
        for number, ((t0, a), (t1, b)) in enumerate(zip(track, track[1:])):
            metres = apart(xy(*a), xy(*b))
            moving = metres > 30
            if number % 60 == 0:
                yield t1 + 1, self.who(mmsi, name, t1 + 1)
            if moving or number % 4 == 0:
                cog = course(xy(*a), xy(*b)) if moving else 0
                yield t1, ais.lines(ais.class_a(mmsi, *b, metres / 60 * 3600 / 1852, cog, t1 % 60, 0 if moving else 5), EPOCH + t1, "A")

    def on_way(self, craft):
        for minute in range(1440):
            t = minute * 60 + craft.mmsi % 60
            place = craft.at(t)
            if not place:
                continue
            lon, lat, cog = place
            if craft.kind == "aircraft":
                yield t, ais.lines(ais.aircraft(craft.mmsi, lon, lat, 60, craft.speed_kn, cog, t % 60), EPOCH + t, "B")
            else:
                if minute % 60 == 0:
                    yield t + 1, self.who(craft.mmsi, craft.name, t + 1)
                yield t, ais.lines(ais.class_a(craft.mmsi, lon, lat, craft.speed_kn, cog, t % 60), EPOCH + t, "A")

    @staticmethod
    def who(mmsi, name, t):
        return ais.lines(ais.voyage(mmsi, name, f"EXU{mmsi % 1000:03d}", 51, 24, 6, "EXERCISE ONLY"), EPOCH + t, "A", mmsi + t)
