"""What is taken away as a file: answers, comparisons, letters, indicator values."""

from assistant.app.exports.csv_file import csv_bytes
from assistant.app.exports.rows import COLUMNS, target_row
from assistant.app.exports.workbook import workbook_bytes

__all__ = ["COLUMNS", "csv_bytes", "target_row", "workbook_bytes"]
