"""Every picture of the demo site by its name, with its scene, its seed and its colours."""

from collections.abc import Callable, Mapping
from functools import partial
from io import BytesIO

from PIL import Image

from stories.demo.pictures import landscapes, still_lifes, towns
from stories.demo.pictures.paper import Paper
from stories.demo.pictures.portraits import portrait

JPEG_QUALITY = 90

_THREADS = ["#b4452f", "#d9a441", "#2f6f6a", "#3d4f7c", "#e8c9b0", "#7a4a6d", "#c96f4a", "#8aa05a", "#f3e6cf"]
_COOL_THREADS = ["#1f4e6b", "#3f8f8b", "#8cc1b4", "#d8e6da", "#2c3e66", "#7396b8", "#c7a85a", "#5d7f4e"]
_WARM_GLASS = ["#c9762b", "#a83b2c", "#d9a441", "#7c8f3e", "#8a4b2a", "#e2b36a"]
_COOL_GLASS = ["#49768f", "#8a3d46", "#7a8f6a", "#b98a4e", "#5b5f86", "#c4b08a"]
_SPINES = ["#8a3324", "#2f5d62", "#d9a441", "#34405e", "#b5651d", "#6b7f4a", "#e4d3b0", "#70415c"]
_BRICK = ["#5a3346", "#3b3558", "#6e3f3a", "#2f3d5c", "#4a3a50"]

PICTURES: Mapping[str, Callable[[], Paper]] = {
    "arches": partial(towns.arches, 3, wall=("#3f7f8c", "#2a5a68"), inner=("#c4623f", "#8e3f2b"), lit="#f2b950"),
    "arches-2": partial(towns.arches, 8, wall=("#34538a", "#223a66"), inner=("#d98e5a", "#9a4f38"), lit="#ffcf6b"),
    "arches-3": partial(towns.arches, 14, wall=("#c98f3f", "#9c6527"), inner=("#3d6b5c", "#244a40"), lit="#f6d98b", moon=True),
    "birches": partial(landscapes.birches, 5, ground=("#12474d", "#1d6460"), bark="#f4ede0", leaf="#f0b541"),
    "boats-lake": partial(landscapes.lake, 6, sky=("#a8cfc4", "#f3e6c4"), land=("#7fae98", "#2d6359"), boat="#b4452f"),
    "boats-lake-2": partial(landscapes.lake, 19, sky=("#e0a08a", "#f8dcae"), land=("#a8737e", "#3f3f63"), boat="#d9a441", boats=1),
    "books": partial(still_lifes.books, 4, wall=("#e8c998", "#d9a66e"), table=("#7a4a34", "#55301f"), spines=_SPINES, fruit="#c23b2b"),
    "books-2": partial(still_lifes.books, 11, wall=("#5d8a73", "#3c6656"), table=("#e2c89a", "#b98f5a"), spines=_SPINES, fruit="#e08a2e"),
    "books-3": partial(still_lifes.books, 29, wall=("#e0ae4e", "#c88c34"), table=("#4a5568", "#323b4d"), spines=_SPINES, fruit="#9cb04a"),
    "bread": partial(still_lifes.bread, 2, wall=("#24405e", "#38628a"), table=("#e6d2ac", "#b8935f"), crust="#c47f3d"),
    "bread-2": partial(still_lifes.bread, 9, wall=("#9c3f2c", "#c25f3c"), table=("#f0dfbf", "#cfa873"), crust="#b8712f"),
    "bridge": partial(towns.bridge, 7, sky=("#8fb6c9", "#f9dcb4"), land=("#7c98a6", "#35566b"), steel="#a5402d"),
    "dunes": partial(landscapes.dunes, 4, sky=("#f2b8a0", "#fbe3bd"), sand=("#e8a87c", "#a84f3c"), sun="#fff3da"),
    "dunes-2": partial(landscapes.dunes, 12, sky=("#27375e", "#8a87a8"), sand=("#9a8274", "#4d3a44"), sun="#f6eed8"),
    "field-furrows": partial(landscapes.furrows, 3, sky=("#8fbcc4", "#f6e6bd"), soil=("#d8ab4e", "#8a5a2b"), tree="#3f6b3f"),
    "hills-dusk": partial(landscapes.hills, 5, sky=("#3b2f63", "#f0a98e"), land=("#9a6a94", "#241d45"), sun="#ffe3b8"),
    "jars": partial(still_lifes.jars, 3, wall=("#f4e6cc", "#e9d2a8"), shelf="#8a5a3a", glass=_WARM_GLASS, lid="#5b4a3f"),
    "jars-2": partial(still_lifes.jars, 17, wall=("#c3d3d6", "#a4bcc4"), shelf="#4d5b68", glass=_COOL_GLASS, lid="#c9a25a"),
    "jars-3": partial(still_lifes.jars, 25, wall=("#2f5d57", "#24463f"), shelf="#c49a5e", glass=_WARM_GLASS, lid="#e6d2ac"),
    "lamp": partial(still_lifes.lamp, 6, wall=("#2b3350", "#414a6e"), table=("#8a5a3a", "#5c3824"), shade="#d9653b"),
    "lamp-2": partial(still_lifes.lamp, 13, wall=("#1f3d38", "#2f5a50"), table=("#a8743f", "#6b4524"), shade="#e0b04a"),
    "mountains-dawn": partial(landscapes.mountains, 21, sky=("#6f86b8", "#f6c3b4"), rock=("#8d96bd", "#2d3763"), snow="#fff1ec", sun="#ffe7c4"),
    "mountains-snow": partial(landscapes.mountains, 8, sky=("#9cc3d6", "#f8ead2"), rock=("#8fa9b8", "#2f4f63"), snow="#fdfaf2", sun="#fff3cf"),
    "oranges": partial(still_lifes.oranges, 5, wall=("#e9d8bb", "#d6b88c"), table=("#2f5f8a", "#234a70"), fruit="#f08a2c", bowl="#f1e7d3"),
    "oranges-2": partial(still_lifes.oranges, 10, wall=("#2f6f6a", "#235752"), table=("#c9533a", "#9c3b28"), fruit="#f5b73c", bowl="#28323f"),
    "river-bend": partial(landscapes.river, 4, sky=("#7fa6a6", "#fbd9a0"), land=("#5f8f74", "#1f4a3e"), water="#5c95a0"),
    "river-bend-2": partial(landscapes.river, 15, sky=("#a7c4d2", "#f4ead0"), land=("#8aa866", "#33583a"), water="#6c9cae"),
    "road": partial(landscapes.road, 9, sky=("#86b3d1", "#f6e8cb"), land=("#c9a67e", "#6d4a35"), way="#e9dcc6"),
    "road-2": partial(landscapes.road, 16, sky=("#31406b", "#e79b7c"), land=("#6a5478", "#1f1a38"), way="#8a7f92"),
    "rooftops": partial(towns.rooftops, 5, sky=("#e88f6a", "#fbdda2"), roofs=("#c9705a", "#4a2c4a"), sun="#fff0bf"),
    "rooftops-2": partial(towns.rooftops, 22, sky=("#f0c05c", "#fbe8b4"), roofs=("#b98a5a", "#3f3a4f"), sun="#fff6d6"),
    "sea-dawn": partial(landscapes.sea, 3, sky=("#7c9fc0", "#fbd3ae"), water=("#8fb8c2", "#1f4d6b"), sun="#fff0c9"),
    "sea-storm": partial(landscapes.sea, 6, sky=("#3a4856", "#8fa3a6"), water=("#6f8f96", "#1b333f"), sun="#ffffff", storm=True),
    "sea-storm-2": partial(landscapes.sea, 27, sky=("#43414f", "#a89f98"), water=("#80888a", "#22303a"), sun="#ffffff", storm=True),
    "spools": partial(still_lifes.spools, 4, wall=("#f0dfc4", "#e2c59c"), shelf="#8a5a3a", threads=_THREADS),
    "spools-2": partial(still_lifes.spools, 12, wall=("#2f4f5c", "#243d49"), shelf="#b98a5a", threads=_THREADS),
    "spools-3": partial(still_lifes.spools, 20, wall=("#e6e2d3", "#cfc8b4"), shelf="#5b5f66", threads=_COOL_THREADS),
    "street-night": partial(towns.street, 5, sky=("#141b3c", "#3a3a6b"), walls=_BRICK, light="#ffd27a"),
    "street-rain": partial(towns.street, 12, sky=("#1a2436", "#3f5468"), walls=_BRICK, light="#ffca6e", wet=True),
    "teapot": partial(still_lifes.teapot, 3, wall=("#e0854a", "#c96a35"), table=("#f2e3c6", "#cfae7c"), pot="#2f6f7a", cup="#f6ead4"),
    "teapot-2": partial(still_lifes.teapot, 9, wall=("#2a3550", "#3c4a6b"), table=("#8a6a52", "#5e4535"), pot="#d8c7a0", cup="#c9674a"),
    "timetable": partial(towns.timetable, 7, sheet=("#f6eedb", "#eadcbd"), ink="#28406b", other="#c23b2b"),
    "train": partial(towns.train, 4, sky=("#f2a66a", "#fbe0b0"), land=("#d98a5a", "#7a3b33"), coach="#8a2f2a", sun="#fff2cc"),
    "train-2": partial(towns.train, 18, sky=("#17224a", "#5a5f96"), land=("#4f5f90", "#161d3d"), coach="#2f6f6a", sun="#f5efdc"),
    "window-morning": partial(towns.window, 6, wall=("#dcb98c", "#c49a6a"), sky=("#9cc9d8", "#fbeccb"), land=("#a9c08a", "#4a7a52"), plant="#4f8a55"),
    "window-morning-2": partial(towns.window, 14, wall=("#7f9ab0", "#63809a"), sky=("#f2b18c", "#fbe6c0"), land=("#c99a7c", "#6d4d5c"), plant="#3f7a6a"),
    "windows-night": partial(towns.windows, 4, wall=("#26304f", "#1c2440"), dark="#161c33", lit="#ffc75e"),
    "windows-night-2": partial(towns.windows, 10, wall=("#4a3a4f", "#352a3f"), dark="#251d2e", lit="#f6b45a"),
}  # fmt: skip


def draw(name: str) -> bytes:
    """The picture as a JPEG file, as somebody would upload it."""
    return _as_file(PICTURES[name]().finish())


def draw_portrait(seed: int, *, look: str, beard: bool, glasses: bool, grey: bool) -> bytes:
    return _as_file(portrait(seed, look=look, beard=beard, glasses=glasses, grey=grey))


def _as_file(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "JPEG", quality=JPEG_QUALITY)
    return file.getvalue()
