"""Parses every C# file of the given folders and fails on a syntax error.

This is all that is checked of .NET: it needs no .NET toolchain, and it does not find an error of types or names.
"""

import pathlib
import sys

import tree_sitter
import tree_sitter_c_sharp


def errors(node):
    if node.is_error or node.is_missing:
        yield node
    elif node.has_error:
        for child in node.children:
            yield from errors(child)


def main(folders):
    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_c_sharp.language()))
    files = [file for folder in folders for file in sorted(pathlib.Path(folder).rglob("*.cs"))]
    if not files:
        sys.exit(f"no C# files in {' '.join(folders)}: run `make sdk`")
    found = 0
    for file in files:
        for node in errors(parser.parse(file.read_bytes()).root_node):
            found += 1
            print(f"{file}:{node.start_point[0] + 1}: syntax error", file=sys.stderr)
    if found:
        sys.exit(1)
    print(f"parsed {len(files)} C# files (not compiled: no .NET toolchain)")


main(sys.argv[1:])
