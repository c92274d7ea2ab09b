"""CreateModels, a migration operation for many models: the same tables and state as one after the other."""

import pytest
from django.db import connection, models
from django.db.migrations import CreateModel, Migration
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import OperationWriter

from records.create_models import CreateModels


def create_model(model, **fields):
    return CreateModel(model, [("id", models.BigAutoField(primary_key=True)), *fields.items()])


def shop():
    """Two models of a fictitious app, the second refers to the first."""
    link = models.ForeignKey("shop.customer", models.PROTECT, related_name="orders")
    return [create_model("Customer", name=models.CharField(max_length=9)), create_model("Order", customer=link)]


def later():
    link = models.ForeignKey("shop.customer", models.PROTECT, related_name="letters")
    return [create_model("Letter", customer=link)]


def related(apps):
    return {relation.name for relation in apps.get_model("shop", "customer")._meta.related_objects}


def test_create_models_gives_the_state_of_single_operations():
    state, single = ProjectState(), ProjectState()
    CreateModels(shop()).state_forwards("shop", state)
    for operation in shop():
        operation.state_forwards("shop", single)
    assert (state.models, set(state.models)) == (single.models, {("shop", "customer"), ("shop", "order")})


def test_create_models_are_seen_by_those_they_point_at():
    state = ProjectState()
    rendered = state.apps
    CreateModels(shop()).state_forwards("shop", state)
    assert (state.apps is rendered, related(state.apps)) == (True, {"orders"})
    customer = state.apps.get_model("shop", "customer")
    CreateModels(later()).state_forwards("shop", state)
    assert (state.apps.get_model("shop", "customer") is customer, related(state.apps)) == (True, {"orders", "letters"})


def test_create_models_in_a_copied_state_leave_the_other_as_it_was():
    state = ProjectState()
    CreateModels(shop()).state_forwards("shop", state)
    assert related(state.apps) == {"orders"}
    copied = state.clone()
    CreateModels(later()).state_forwards("shop", copied)
    assert (related(copied.apps), related(state.apps)) == ({"orders", "letters"}, {"orders"})


@pytest.mark.django_db(transaction=True)
def test_create_models_makes_the_tables_and_takes_them_back():
    migration = Migration("0001_tables", "shop")
    migration.operations = [CreateModels(shop())]
    ours = {"shop_customer", "shop_order"}
    with connection.schema_editor() as editor:
        migration.apply(ProjectState(), editor)
    assert ours <= set(connection.introspection.table_names())
    with connection.schema_editor() as editor:
        migration.unapply(ProjectState(), editor)
    assert not ours & set(connection.introspection.table_names())


def test_create_models_is_written_into_a_migration():
    text, imports = OperationWriter(CreateModels(shop())).serialize()
    assert text.strip().startswith("records.create_models.CreateModels(\n")
    assert "import records.create_models" in imports
    assert CreateModels(shop()).describe() == "Create models Customer, Order"
