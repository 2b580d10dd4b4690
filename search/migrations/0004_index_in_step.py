from django.db import migrations, models


def read_pages_anew(apps, schema_editor):
    """The clock does it, and learns to which documents they lead."""
    apps.get_model("search", "Entry").objects.exclude(page=None).update(stale=True)


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0004_numbers_are_checked'),
        ('search', '0003_known_words'),
    ]

    operations = [
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('column', models.CharField(max_length=20)),
                ('key', models.BigIntegerField()),
            ],
        ),
        migrations.AddField(
            model_name='entry',
            name='leads_to',
            field=models.ManyToManyField(related_name='+', to='core.portaldocument'),
        ),
        migrations.AddField(
            model_name='entry',
            name='note',
            field=models.TextField(blank=True, db_default='', default=''),
        ),
        migrations.AddField(
            model_name='entry',
            name='version',
            field=models.PositiveBigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='knownword',
            name='said_by',
            field=models.PositiveIntegerField(db_default=1, default=1),
        ),
        migrations.AddField(
            model_name='missedwords',
            name='first_day',
            field=models.DateField(db_index=True, null=True),
        ),
        migrations.RunPython(read_pages_anew, migrations.RunPython.noop),
    ]
