#!/usr/bin/env python3
"""Writes the table of ModelCIF's items that structure's test checks files against, from the dictionary of the extension.

Usage: modelcif_items.py mmcif_ma_ext.dic > structure/src/test/resources/org/anfinsen/structure/file/modelcif.tsv

The dictionary is in dist/ of https://github.com/ihmwg/ModelCIF (CC0). One line an item: category, item, mandatory or not,
type, whether it belongs to the category's key, allowed values parted by |, and the item that it points to.
"""

import re
import sys

TOKEN = re.compile(r"""^;(?P<text>.*?)^;|"(?P<double>[^"\n]*)"|'(?P<single>[^'\n]*)'|(?P<plain>[^\s"']\S*)""", re.M | re.S)


def tokens(text):
    for match in TOKEN.finditer(text):
        kind = match.lastgroup
        yield kind == "plain", match.group(kind)


def items(frame):
    """The items of one save frame: name -> values, in loops as outside."""
    found, names, looping, pending = {}, [], False, []
    for plain, word in tokens(frame):
        if plain and word == "#":
            continue
        if plain and word == "loop_":
            looping, names = True, []
        elif plain and word.startswith("_"):
            if looping and pending:
                looping, names, pending = False, [], []
            names = names + [word] if looping else [word]
        else:
            pending.append(word)
            found.setdefault(names[(len(pending) - 1) % len(names)], []).append(word)
            if not looping:
                pending = []
    return found


def main():
    text = re.sub(r"^\s*#.*$", "", open(sys.argv[1]).read(), flags=re.M)
    version = re.search(r"_dictionary\.version\s+(\S+)", text).group(1)
    frames = [items(frame) for frame in re.findall(r"^save_\S+\n(.*?)^save_\s*$", text, re.M | re.S)]
    keys = {name for frame in frames for name in frame.get("_category_key.name", [])}
    print(f"# ModelCIF extension dictionary {version}, https://github.com/ihmwg/ModelCIF, CC0; by scripts/modelcif_items.py")
    for frame in frames:
        name = frame.get("_item.name", [""])[0]
        if not name.startswith("_ma_"):
            continue
        category, item = name[1:].split(".")
        print("\t".join([
            category, item, frame["_item.mandatory_code"][0], frame.get("_item_type.code", ["any"])[0],
            "key" if name in keys else "-", "|".join(frame.get("_item_enumeration.value", [])) or "-",
            frame.get("_item_linked.parent_name", ["-"])[0].lstrip("_")]))


main()
