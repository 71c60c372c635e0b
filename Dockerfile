FROM python:3.11-slim
WORKDIR /srv/mashang
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . .
RUN pip install --no-cache-dir --no-deps --no-build-isolation . \
    && useradd --create-home mashang && mkdir /data && chown mashang /data
USER mashang
ENV MASHANG_DATA_DIR=/data
EXPOSE 8000
CMD ["mashang", "serve", "--host", "0.0.0.0", "--port", "8000"]
