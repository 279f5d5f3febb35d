import { installFetch } from './http.js';

// `node --import classer-local/register app.js`: the hosted SDK in app.js is answered here.
installFetch();
