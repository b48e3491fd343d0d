"""Packs the extension into `git-kanban-VERSION.vsix`: what VS Code installs with `code --install-extension`.

A `.vsix` is a zip with two descriptions beside the files, made here without the two hundred packages of the usual tool.
The same files give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import quoteattr

HERE = Path(__file__).parent
OWN = ("package.json", "package.nls.json", "package.nls.fr.json", "extension.js", "asking.js", "README.md")
_LEFT_OUT = (".map", ".ts", ".md", ".yml", ".tsbuildinfo")
_TYPES = {"json": "application/json", "js": "application/javascript", "md": "text/markdown", "txt": "text/plain"}
_TYPES |= {"vsixmanifest": "text/xml", "mjs": "application/javascript", "": "application/octet-stream"}
_EPOCH = (2026, 1, 1, 0, 0, 0)


def files(*, dependencies: bool) -> Iterator[tuple[str, bytes]]:
    """The files of the extension, each with its name in it."""
    for name in OWN:
        yield name, (HERE / name).read_bytes()
    yield "LICENSE.txt", (HERE.parent.parent / "LICENSE").read_bytes()
    for path in sorted((HERE / "l10n").glob("*.json")):
        yield f"l10n/{path.name}", path.read_bytes()
    for path in sorted((HERE / "node_modules").rglob("*")) if dependencies else ():
        inside = path.relative_to(HERE)
        kept = path.suffix not in _LEFT_OUT or path.name.casefold().startswith("license")
        if path.is_file() and kept and ".bin" not in inside.parts:
            yield inside.as_posix(), path.read_bytes()


def manifest(about: dict[str, str]) -> str:
    """`extension.vsixmanifest`."""
    texts = json.loads((HERE / "package.nls.json").read_text("utf-8"))
    name, publisher, version = about["name"], about["publisher"], about["version"]
    engine = about["engines"]["vscode"]  # type: ignore[index]  # package.json is plain JSON
    return f"""<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
  <Metadata>
    <Identity Language="en-US" Id={quoteattr(name)} Version={quoteattr(version)} Publisher={quoteattr(publisher)}/>
    <DisplayName>{about["displayName"]}</DisplayName>
    <Description xml:space="preserve">{texts["description"]}</Description>
    <Categories>{",".join(about["categories"])}</Categories>
    <License>extension/LICENSE.txt</License>
    <Properties>
      <Property Id="Microsoft.VisualStudio.Code.Engine" Value={quoteattr(engine)}/>
      <Property Id="Microsoft.VisualStudio.Code.ExtensionKind" Value="workspace"/>
      <Property Id="Microsoft.VisualStudio.Code.ExecutesCode" Value="true"/>
    </Properties>
  </Metadata>
  <Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation>
  <Dependencies/>
  <Assets>
    <Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true"/>
    <Asset Type="Microsoft.VisualStudio.Services.Content.Details" Path="extension/README.md" Addressable="true"/>
    <Asset Type="Microsoft.VisualStudio.Services.Content.License" Path="extension/LICENSE.txt" Addressable="true"/>
  </Assets>
</PackageManifest>
"""


def types(names: list[str]) -> str:
    """`[Content_Types].xml`."""
    endings = sorted({name.rpartition(".")[2] if "." in name.rpartition("/")[2] else "" for name in names})
    rows = "".join(
        f'<Default Extension=".{one}" ContentType="{_TYPES.get(one, _TYPES[""])}"/>' for one in endings if one
    )
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'<?xml version="1.0" encoding="utf-8"?>\n<Types xmlns="{space}">{rows}</Types>\n'


def pack(target: Path, *, dependencies: bool = True) -> Path:
    """Write the package; `target` is its file or the folder for it."""
    about = json.loads((HERE / "package.json").read_text("utf-8"))
    if dependencies and not (HERE / "node_modules" / "vscode-languageclient").is_dir():
        raise SystemExit("its library is not there yet: npm run package")
    if target.is_dir():
        target /= f"{about['name']}-{about['version']}.vsix"
    content = {f"extension/{name}": data for name, data in files(dependencies=dependencies)}
    described = {"extension.vsixmanifest": manifest(about).encode()}
    described["[Content_Types].xml"] = types([*described, *content]).encode()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (described | content).items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return target


def main() -> int:
    """Pack, and say where it is."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--output", type=Path, default=HERE)
    reading.add_argument(
        "--without-dependencies", action="store_true", help="for tests: only the extension's own files"
    )
    asked = reading.parse_args()
    sys.stdout.write(f"{pack(asked.output, dependencies=not asked.without_dependencies)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
