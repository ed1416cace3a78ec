"""How the page looks: system fonts, a quiet palette, light and dark."""

from __future__ import annotations

from typing import Any

FONTS = (
    "system-ui",
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "sans-serif",
)
MONOSPACE = ("ui-monospace", "Consolas", "monospace")


def theme() -> Any:
    """Build the theme; every font is the system's own, so nothing is fetched."""
    import gradio

    fonts = [gradio.themes.Font(name) for name in FONTS]
    mono = [gradio.themes.Font(name) for name in MONOSPACE]
    return gradio.themes.Base(
        primary_hue=gradio.themes.colors.blue,
        neutral_hue=gradio.themes.colors.slate,
        radius_size=gradio.themes.sizes.radius_md,
        spacing_size=gradio.themes.sizes.spacing_sm,
        text_size=gradio.themes.sizes.text_md,
        font=fonts,
        font_mono=mono,
    )
