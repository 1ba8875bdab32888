"""gunicorn's settings: `gunicorn -c deploy/gunicorn.conf.py wmodf.wsgi`."""

bind = "0.0.0.0:8000"
worker_class = "gthread"
workers = 2
threads = 4
timeout = 60
# Each worker starts anew now and then, not all at once.
max_requests = 5000
max_requests_jitter = 500
# No access log: the proxy keeps one, without the links that log in.
accesslog = None
errorlog = "-"
