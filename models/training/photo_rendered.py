"""Pages, charts, tables, screens and drawings made up to learn what is no photograph."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONTS = sorted(Path("/usr/share/fonts").rglob("*.ttf"))[:60]
WORDS = (
    "the report of this year shows that sales in our region grew while costs for energy and transport fell again customers "
    "asked more often about delivery invoice total date name address page section figure table result method value order"
).split()
Colour = tuple[int, int, int]


@cache
def _font(number: int, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.truetype(str(FONTS[number]), size) if FONTS else ImageFont.load_default(size)


def font(random: Random, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Any font of this machine."""
    return _font(random.randrange(max(1, len(FONTS))), size)


def words(random: Random, count: int) -> str:
    """Words in no order."""
    return " ".join(random.choice(WORDS) for _ in range(count))


def colour(random: Random, dark: bool = False) -> Colour:
    """Any colour, of letters or of paper."""
    low, high = (0, 110) if dark else (90, 256)
    return random.randrange(low, high), random.randrange(low, high), random.randrange(low, high)


def write(random: Random, draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int], size: int, fill: Colour) -> None:
    """Lines of text, ragged, now and then with a gap."""
    left, top, width, height = box
    letters = font(random, size)
    while height > size:
        line = words(random, random.randrange(4, 16))
        while draw.textlength(line, font=letters) > width and " " in line:
            line = line.rsplit(" ", 1)[0]
        draw.text((left, top), line, font=letters, fill=fill)
        step = int(size * 1.35) + (size if random.random() < 0.12 else 0)
        top, height = top + step, height - step


def page(random: Random) -> Image.Image:
    """A page, in half of all cases as it comes off a scanner."""
    width, height = random.choice([(600, 850), (850, 600), (600, 600), (600, 780)])
    grey = random.randrange(225, 256)
    paper = (255, 255, 255) if random.random() < 0.6 else (grey, grey, random.randrange(215, grey + 1))
    image = Image.new("RGB", (width, height), paper)
    draw = ImageDraw.Draw(image)
    size, margin, columns = random.randrange(9, 22), random.randrange(20, 90), random.choice([1, 1, 2])
    draw.text((margin, margin // 2), words(random, 4).title(), font=font(random, int(size * 1.8)), fill=(0, 0, 0))
    inner = width - 2 * margin
    for column in range(columns):
        long = int((height - 2 * margin - 3 * size) * random.uniform(0.3, 1))
        box = (margin + column * inner // columns, margin + 3 * size, inner // columns - 10, long)
        write(random, draw, box, size, colour(random, True))
    if random.random() < 0.5:
        image = image.rotate(random.uniform(-4, 4), fillcolor=paper, resample=Image.Resampling.BILINEAR)
    return _scanned(random, image) if random.random() < 0.5 else image


def _scanned(random: Random, image: Image.Image) -> Image.Image:
    values = np.asarray(image, dtype=np.float32)
    grain = np.random.default_rng(random.randrange(1 << 30)).normal(0, random.uniform(3, 25), values.shape[:2])
    dull = np.clip(values * random.uniform(0.8, 1) + grain[..., None], 0, 255).astype(np.uint8)
    return Image.fromarray(dull).filter(ImageFilter.GaussianBlur(random.uniform(0, 0.8)))


def chart(random: Random) -> Image.Image:
    """Bars, lines, points or slices."""
    width, height = random.choice([(800, 500), (600, 600), (700, 450)])
    image = Image.new("RGB", (width, height), (255, 255, 255) if random.random() < 0.7 else colour(random))
    draw = ImageDraw.Draw(image)
    letters = font(random, 14)
    left, top, right, bottom = 70, 50, width - 30, height - 60
    draw.text((width // 3, 12), words(random, 4).title(), font=font(random, 20), fill=(20, 20, 20))
    kind = random.choice(["bars", "lines", "points", "slices"])
    if kind == "slices":
        start = 0
        while start < 360:
            end = min(360, start + random.randrange(20, 120))
            circle = (width // 2 - 180, height // 2 - 180, width // 2 + 180, height // 2 + 180)
            draw.pieslice(circle, start, end, fill=colour(random, random.random() < 0.4))
            start = end
        return image
    for step in range(6):
        y = top + (bottom - top) * step // 5
        draw.line((left, y, right, y), fill=(210, 210, 210))
        draw.text((20, y - 8), str(100 - 20 * step), font=letters, fill=(60, 60, 60))
    draw.line((left, bottom, right, bottom), fill=(0, 0, 0))
    count = random.randrange(4, 14)
    for bar in range(count if kind == "bars" else 0):
        x = left + 10 + (right - left - 20) * bar // count
        draw.rectangle((x, random.randrange(top, bottom - 5), x + (right - left) // count - 8, bottom), fill=colour(random))
        draw.text((x, bottom + 8), random.choice(WORDS)[:6], font=letters, fill=(0, 0, 0))
    for _ in range(random.randrange(1, 5) if kind == "lines" else 0):
        y, points = random.randrange(top, bottom), []
        for step in range(30):
            y = min(bottom, max(top, y + random.randrange(-40, 41)))
            points.append((left + (right - left) * step // 29, y))
        draw.line(points, fill=colour(random, random.random() < 0.5), width=random.randrange(1, 5))
    for _ in range(random.randrange(30, 200) if kind == "points" else 0):
        x, y = random.randrange(left, right), random.randrange(top, bottom)
        draw.ellipse((x - 3, y - 3, x + 3, y + 3), fill=colour(random, random.random() < 0.5))
    return image


def screen(random: Random) -> Image.Image:
    """A window of a program, light or dark, of a desk or a telephone."""
    width, height = random.choice([(1000, 640), (960, 600), (420, 800), (800, 600)])
    dark = random.random() < 0.4
    ground = tuple(value // 3 if dark else 255 - (255 - value) // 4 for value in colour(random, dark))
    ink = (230, 230, 230) if dark else (30, 30, 30)
    image = Image.new("RGB", (width, height), ground)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width, random.randrange(24, 60)), fill=colour(random, random.random() < 0.5))
    draw.text((12, 6), words(random, 3), font=font(random, 16), fill=(255, 255, 255))
    if random.random() < 0.7:
        draw.rectangle((0, 50, width // 5, height), fill=tuple(max(0, value - 18) for value in ground))
        for row in range(12):
            draw.text((10, 65 + row * 30), random.choice(WORDS), font=font(random, 13), fill=ink)
    for _ in range(random.randrange(3, 10)):
        x, y = random.randrange(width // 5, width - 80), random.randrange(60, height - 40)
        wide, high = random.randrange(60, width // 2), random.randrange(24, height // 3)
        fill = colour(random, dark) if random.random() < 0.5 else None
        draw.rounded_rectangle((x, y, x + wide, y + high), 6, fill=fill, outline=ink)
        write(random, draw, (x + 8, y + 6, wide - 12, high - 10), 13, ink)
    if random.random() < 0.4:
        write(random, draw, (width // 4, 70, width // 2, height - 120), 14, ink)
    return image


def table(random: Random) -> Image.Image:
    """Rows of numbers."""
    image = Image.new("RGB", (800, 560), (255, 255, 255))
    draw = ImageDraw.Draw(image)
    rows, columns, letters = random.randrange(5, 22), random.randrange(3, 8), font(random, 13)
    draw.rectangle((20, 20, 780, 44), fill=colour(random))
    for row in range(rows):
        for column in range(columns):
            said = random.choice(WORDS) if 0 in (row, column) else f"{random.randrange(1, 99999) / 100:.2f}"
            draw.text((26 + 760 * column // columns, 24 + row * 24), said, font=letters, fill=(0, 0, 0))
        if random.random() < 0.8:
            draw.line((20, 44 + row * 24, 780, 44 + row * 24), fill=(180, 180, 180))
    return image


def drawing(random: Random) -> Image.Image:
    """Shapes and lines."""
    width, height = random.choice([(600, 600), (800, 500)])
    image = Image.new("RGB", (width, height), (255, 255, 255) if random.random() < 0.6 else colour(random))
    draw = ImageDraw.Draw(image)
    for _ in range(random.randrange(2, 25)):
        x, y, wide, high = random.randrange(width), random.randrange(height), random.randrange(20, 260), random.randrange(20, 260)
        fill = colour(random, random.random() < 0.5) if random.random() < 0.7 else None
        line, thick = (0, 0, 0) if random.random() < 0.6 else None, random.randrange(1, 6)
        corners = [(x + random.randrange(-wide, wide), y + random.randrange(-high, high)) for _ in range(random.randrange(3, 9))]
        box = (x, y, x + wide, y + high)
        match random.randrange(5):
            case 0:
                draw.ellipse(box, fill=fill, outline=line, width=thick)
            case 1:
                draw.rectangle(box, fill=fill, outline=line, width=thick)
            case 2:
                draw.polygon(corners, fill=fill, outline=line)
            case 3:
                draw.line(corners, fill=fill or (0, 0, 0), width=thick)
            case _:
                draw.arc(box, random.randrange(360), random.randrange(360), fill=fill or (0, 0, 0), width=thick)
    return image


def gradient(random: Random) -> Image.Image:
    """Nothing but one colour that goes over into another."""
    first, last = np.array(colour(random, random.random() < 0.5)), np.array(colour(random))
    share = np.linspace(0, 1, 400)[:, None, None]
    values = np.broadcast_to(first * (1 - share) + last * share, (400, 400, 3)).astype(np.uint8)
    return Image.fromarray(values).rotate(random.choice([0, 90]))


KINDS = (page, page, chart, chart, screen, screen, table, drawing, drawing, gradient)


def rendered(count: int, seed: int) -> list[tuple[str, Image.Image]]:
    """Pictures that are no photographs, each with what it is; the same seed draws the same ones."""
    random = Random(seed)
    drawn = (random.choice(KINDS) for _ in range(count))
    return [("drawing" if draw is gradient else draw.__name__, draw(random)) for draw in drawn]
