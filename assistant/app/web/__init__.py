"""The web page: Gradio inside FastAPI, with the documents on routes of their own."""
