from imports.models.runs import ColumnMap, ImportEffect, ImportRow, ImportRun, ShownCell
from imports.models.synonyms import Synonym

__all__ = ["ColumnMap", "ImportEffect", "ImportRow", "ImportRun", "ShownCell", "Synonym"]
