from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mailing', '0001_initial'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='mail',
            options={'ordering': ['-queued_at', '-pk'], 'permissions': [('address_mail', 'Can see to whom a mail goes')], 'verbose_name': 'mail'},
        ),
        migrations.AlterField(
            model_name='mail',
            name='fault',
            field=models.CharField(blank=True, choices=[('no_answer', 'The mail server did not answer'), ('refused_now', 'The mail server refused it for now'), ('refused', 'The mail server refused this address or mail'), ('no_service', 'The mail server does not take mail from us'), ('unwritable', 'It could not be written as a mail')], max_length=20),
        ),
    ]
