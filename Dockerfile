# One image for every program of Hecto; `command` chooses: node dist/apps/<service>/src/main.js

FROM node:24-bookworm-slim AS source
WORKDIR /app
COPY package.json package-lock.json .npmrc ./

# Behind a registry or a certificate authority of your own, pass the build secrets `npmrc` and `ca`; without them nothing changes.
FROM source AS build
RUN --mount=type=cache,target=/root/.npm --mount=type=secret,id=ca --mount=type=secret,id=npmrc,target=/root/.npmrc \
    if [ -s /run/secrets/ca ]; then export NODE_EXTRA_CA_CERTS=/run/secrets/ca; fi; npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY libs libs
COPY apps apps
RUN npm run --silent build

FROM source AS packages
RUN --mount=type=cache,target=/root/.npm --mount=type=secret,id=ca --mount=type=secret,id=npmrc,target=/root/.npmrc \
    if [ -s /run/secrets/ca ]; then export NODE_EXTRA_CA_CERTS=/run/secrets/ca; fi; npm ci --omit=dev

FROM node:24-bookworm-slim
# A heap that may not grow far is collected early: half the resident memory, for a little CPU (docs/performance.md).
ENV NODE_ENV=production NODE_OPTIONS="--enable-source-maps --max-old-space-size=512 --max-semi-space-size=8"
# Inside a container every address is the container's own; what is published decides who comes in.
ENV HECTO_HOST=0.0.0.0 HECTO_OPS_HOST=0.0.0.0
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json LICENSE ./
COPY deploy/*.mjs deploy/
USER node
EXPOSE 8080 9100
CMD ["node", "dist/apps/gateway/src/main.js"]
