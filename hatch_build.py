"""Compiles the French texts while the package is built, for a wheel and for an editable install alike."""

from __future__ import annotations

import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledTexts(BuildHookInterface):
    """`.mo` files are made from `.po` files and go into the wheel though git does not keep them."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it collects files."""
        if self.target_name != "wheel":
            return
        sys.path.insert(0, self.root)
        try:
            from kanban.i18n.compiling import compile_catalogues
        finally:
            sys.path.remove(self.root)
        compile_catalogues()
        build_data["artifacts"].append("kanban/i18n/locale/*/LC_MESSAGES/*.mo")
