from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("trainings", "0004_signatures_of_sheets")]

    operations = [migrations.RemoveField(model_name="trainingday", name="signatures_counted")]
