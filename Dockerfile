# The site from the lock, run by an ordinary user. Not built in development: docker-compose.yml says what is proven.
FROM python:3.12-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /srv/wmodf

COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.txt

COPY . .
# The settings need a key and an address to be read at all; these serve this one line.
RUN SECRET_KEY=for-this-line-only SITE_URL=https://build.invalid DATABASE_URL=sqlite://:memory: \
    python manage.py collectstatic --noinput

RUN useradd --system --no-create-home wmodf
USER wmodf

EXPOSE 8000
CMD ["gunicorn", "-c", "deploy/gunicorn.conf.py", "wmodf.wsgi"]
