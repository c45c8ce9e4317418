"""The gateway: one origin for the web app, the API and the streams, served by Caddy out of its package.

Caddy's configuration is made here at each start, from the exchange's configuration and from the
files of the built web app, and written to `DATA/run/gateway.json`, where it can be read.
"""
