// What `node --import classer-local/register` loads.
import 'classer-local/register';
