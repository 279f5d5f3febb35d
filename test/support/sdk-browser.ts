import { installFetch } from 'classer-local/http';

// The SDK reads its key from the environment, which a page has not.
Object.assign(globalThis, { process: { env: {} } });
installFetch();
