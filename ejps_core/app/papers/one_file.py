"""A report from the store as one file in memory, as a service hands it out."""

from __future__ import annotations

import io
import zipfile

from ejps_core.app.made_files import Made
from ejps_core.app.memory_folder import folder
from ejps_core.app.papers.asked import Source
from ejps_core.app.papers.stored_report import report_stored
from ejps_core.app.report import Asked
from ejps_core.app.report_files import Form
from ejps_core.app.stores import Actor, StoreOptions
from ejps_core.hooks.manager import Plugins
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.words import Language


def one_file(
    options: StoreOptions, actor: Actor, source: Source, asked: tuple[str, Form, Language], plugins: Plugins
) -> Made | Diagnostic:
    """The report; several parts come packed. Reading and export are on record before it is there.

    asked: the report's name, its form and language.
    """
    name, form, language = asked
    with folder() as place:
        out = place / f"{name}.{form}"
        done = report_stored(options, actor, source, Asked(name, None, form, out, None, language), plugins)
        if not done.files:
            return next(each for each in done.findings if each.severity is Severity.ERROR)
        if len(done.files) == 1:
            return Made(done.files[0].name, done.files[0].read_bytes())
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in done.files:
                archive.writestr(path.name, path.read_bytes())
        return Made(f"{name}.zip", packed.getvalue())
