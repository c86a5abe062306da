import os
import secrets
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, jsonify, redirect, request, session, url_for
from itsdangerous import BadData, URLSafeTimedSerializer

app = Flask(__name__)
# remedy: trust-proxy
# remedy: allow-credentials
# remedy: share-session
# remedy: session-cookie

tokens = URLSafeTimedSerializer(app.secret_key, "token")


def page(name):
    return (Path(os.environ["PAGES"]) / f"{name}.html").read_text()


@app.get("/account")
@app.get("/cart")
def member():
    return page("member") if "user" in session else redirect("/login")


@app.get("/login")
def login_page():
    return page("login")


@app.post("/login")
def login():
    session["user"] = request.form["name"]
    return redirect("/account", 303)


@app.get("/oauth/start")
def oauth_start():
    state = secrets.token_urlsafe()
    query = {
        "client_id": "shop",
        "response_type": "code",
        "response_mode": request.args["response_mode"],
        "redirect_uri": url_for("oauth_callback", _external=True),
        "state": state,
    }
    response = redirect("https://id.other.test/authorize?" + urlencode(query))
    response.set_cookie("oauth_state", state, max_age=600, secure=True, httponly=True, samesite="None")
    return response


@app.route("/oauth/callback", methods=["GET", "POST"])
def oauth_callback():
    if request.values["state"] != request.cookies.get("oauth_state"):
        return "State does not match.", 400
    session["user"] = request.values["code"]
    response = redirect("/account", 303)
    response.delete_cookie("oauth_state", secure=True, httponly=True, samesite="None")
    return response


@app.post("/api/login")
def api_login():
    session["user"] = request.json["name"]
    return jsonify(ok=True)


@app.get("/api/me")
def api_me():
    return jsonify(name=session.get("user")), 200 if "user" in session else 401


@app.post("/api/token")
def api_token():
    return jsonify(access_token=tokens.dumps(request.json["name"]))


@app.get("/api/bearer")
def api_bearer():
    try:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return jsonify(name=tokens.loads(token, max_age=3600))
    except BadData:
        return jsonify(error="invalid_token"), 401
