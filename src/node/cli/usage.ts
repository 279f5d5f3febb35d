export const USAGE = `classer: zero-shot text classification on this machine

  classer classify [TEXT] --labels a,b,c     the one label that fits best
  classer tag [TEXT] --labels a,b,c          every label that fits
  classer batch FILE [-o OUT] --labels a,b,c  each line of an NDJSON file, {"text": …}; FILE may be -
  classer serve [--port 8787]                the hosted API on this machine
  classer classifiers                        the saved classifiers; or: save NAME, export, import FILE, remove NAME
  classer models                             models besides the embedded one; or: install ID|URL, remove ID, import PATH,
                                             export ID -o FILE
  classer keys                               the keys of --require-key; or: create NAME, revoke ID
  classer assets DIR                         copy worker, weights and runtime for a web server

Without TEXT the text is read from standard input. With --file or --image it may be left out; where it is not, it stands
before them.

  --labels a,b,c           labels, separated by commas
  --classifier NAME        a saved classifier instead of labels, or NAME@v2
  --label NAME             one label, for names with commas; may be repeated
  --description NAME=TEXT  what a label means; may be repeated
  --example NAME=TEXT      a text that belongs to a label; may be repeated
  --file PATH …            PDFs, DOCXs or pictures, their URLs, or folders of them: each is answered for itself
  --image PATH …           pictures or their URLs: all of them, and the text, are answered together
  --password WORD          of an encrypted PDF
  --text-type TYPE         what kind of text it is, such as "app review"
  --threshold N            tag: confidence that a label must exceed (0.5)
  --min-confidence N       classify: below this there is no label
  --scores                 every label with its confidence
  --explain                the passages that decided
  --json                   the answer as JSON
  --timeout SECONDS        give up after this long (30)
  -o, --output FILE        batch: where the results go, instead of standard output; models export: the zip
  --resume                 batch: go on after a kill, or with the lines that FILE got since
  --multi                  batch: every label that fits, above the threshold (0.3)
  --model ID               an installed model instead of the embedded one
  --no-cache               ask anew, even what was answered before
  --concurrency N          workers that batches and jobs are spread over
  --store DIR              where classifiers, answers, keys and jobs are kept; "memory" keeps nothing

  --model-host URL         models: the hub that ids are fetched from; or CLASSER_MODEL_HOST
  --revision NAME          models: branch, tag or commit on the hub (main)
  --id NAME                models: install under this name
  --sha256 PATH=HEX        models: what a file's hash must be; may be repeated

  --port N                 serve: port (8787)
  --host ADDRESS           serve: address to listen on (127.0.0.1)
  --max-body BYTES         serve: largest request body (1000000)
  --origin ORIGIN          serve: a site whose pages may ask; may be repeated
  --allow-host NAME        serve: another name that this server goes by; may be repeated
  --allow-urls WHICH       serve: files are fetched from public (default), any or none
  --require-key            serve: ask for one of the keys
  --rate-limit N           serve: requests a minute and key; --rate-limit-tokens N: tokens
  --log-texts              serve: keep the texts in the logs, which otherwise hold none

  --help, --version
`;
