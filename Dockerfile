# Demarche in a container: the server, and with it every command. What it writes is under /data, and nothing else is written.
FROM node:26.10.0-slim AS page
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npx vite build --logLevel warn

FROM node:26.10.0-slim
ENV NODE_ENV=production
WORKDIR /app
COPY package.json package-lock.json ./
# The Node of this image runs it: the pinned one, which an install script would fetch, is not needed.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && npm cache clean --force
COPY events events
COPY projections projections
COPY src src
COPY --from=page /app/src/web/dist src/web/dist
RUN install -d -o node -g node /data
USER node
# Files named without a folder (the log, the snapshots, the tokens) are kept in the volume.
WORKDIR /data
VOLUME /data
EXPOSE 4800
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:4800/health/ready').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--max-semi-space-size=8", "/app/src/cli/main.js"]
CMD ["serve", "--host", "0.0.0.0", "--tokens", "/data/tokens.json"]
