from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contact', '0003_interest'),
    ]

    operations = [
        migrations.AddField(
            model_name='feedbackreason',
            name='in_english',
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
    ]
