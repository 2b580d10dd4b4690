from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0002_interest_settings'),
    ]

    operations = [
        migrations.AddField(
            model_name='audience',
            name='in_english',
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name='glossaryterm',
            name='in_english',
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name='legalauthority',
            name='in_english',
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name='organization',
            name='in_english',
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name='population',
            name='in_english',
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name='sitealert',
            name='in_english',
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name='topic',
            name='in_english',
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
    ]
