from tests.office_fixtures import media, office, official, staff

__all__ = ["media", "office", "official", "staff"]
