/// What the server is asked.

/// The server does not know who asks.
export class Unknown extends Error {}

/// The server answered no, and said why.
export class Refused extends Error {
  constructor(status, sentence) {
    super(sentence);
    this.status = status;
  }
}

async function ask(path, options = {}) {
  const answer = await fetch(path, { credentials: "same-origin", cache: "no-store", ...options });
  if (answer.ok) return answer;
  let sentence = `the server answered ${answer.status}`;
  try {
    sentence = (await answer.json()).error ?? sentence;
  } catch {
    // An answer that is not ours: the status says what there is to say.
  }
  if (answer.status === 401) throw new Unknown(sentence);
  throw new Refused(answer.status, sentence);
}

export const get = async (path) => (await ask(path)).json();

export const post = async (path, fields = {}) =>
  ask(path, { method: "POST", body: new URLSearchParams(fields) });

/// Listens to the machine. Between the server's regular ends of streams the browser comes again by
/// itself.
export function listen({ shape, picture, lost, refused }) {
  const source = new EventSource("/page/stream");
  source.addEventListener("shape", (event) => shape(JSON.parse(event.data)));
  source.addEventListener("picture", (event) => picture(JSON.parse(event.data)));
  source.addEventListener("refused", (event) => {
    source.close();
    refused(event.data);
  });
  source.addEventListener("error", () => lost());
  return source;
}
