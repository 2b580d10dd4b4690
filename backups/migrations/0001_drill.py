from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Drill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('backup', models.CharField(max_length=120)),
                ('held', models.BooleanField()),
                ('report', models.TextField()),
            ],
            options={
                'ordering': ['-at'],
            },
        ),
    ]
