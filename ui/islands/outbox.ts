import { showPage } from "./upload";

/** What a form held when there was no connection; `key` is the field that makes sending it twice one thing. */
interface Kept {
  key: string;
  action: string;
  fields: [string, FormDataEntryValue][];
}

/**
 * Keeps a form on the device, files and all, until it has been sent: put on an element beside the form that `data-form` names.
 *
 * `data-key` names the field that makes the form one thing however often it is sent, `data-fresh` a field that is taken from the
 * page when an old form is sent, `data-extra` one that is sent with "yes" when nobody is there to be asked. Texts: `data-waiting`,
 * `data-sent` ("… [time] …"), `data-receipt`.
 */
export function outbox(root: HTMLElement): void {
  const form = document.getElementById(root.dataset.form ?? "");
  if (!(form instanceof HTMLFormElement) || !("indexedDB" in window)) return;
  const say = status(root);

  const keep = async (): Promise<void> => {
    const data = new FormData(form);
    await put({
      key: String(data.get(root.dataset.key ?? "")),
      action: form.getAttribute("action") ?? "",
      fields: [...data],
    });
    say(root.dataset.waiting ?? "");
  };
  // Before the form is sent in the usual way.
  form.addEventListener(
    "submit",
    (event) => {
      if (navigator.onLine) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      void keep();
    },
    { capture: true },
  );
  form.addEventListener("tinhso:upload-failed", () => void keep());

  const send = (): void => {
    if (root.isConnected && navigator.onLine) void flush(root, form, say);
  };
  window.addEventListener("online", send);
  send();
}

type Say = (text: string, receipt?: string) => void;

function status(root: HTMLElement): Say {
  const text = document.createElement("p");
  text.setAttribute("role", "status");
  root.append(text);
  return (words, receipt) => {
    text.className = "govuk-inset-text";
    text.textContent = words;
    if (!receipt) return;
    const link = document.createElement("a");
    link.href = receipt;
    link.textContent = root.dataset.receipt ?? receipt;
    text.append(" ", link);
  };
}

/** Sends what is kept, in one window at a time. What is wrong with it is told by the page that comes back. */
async function flush(root: HTMLElement, form: HTMLFormElement, say: Say): Promise<void> {
  await navigator.locks.request("tinhso-outbox", async () => {
    for (const kept of await all()) {
      const data = new FormData();
      for (const [name, value] of kept.fields) data.append(name, value);
      const fresh = root.dataset.fresh ?? "";
      data.set(fresh, String(new FormData(form).get(fresh) ?? ""));
      if (root.dataset.extra) data.set(root.dataset.extra, "yes");
      const answer = await fetch(kept.action, { method: "POST", body: data, headers: { Accept: "text/html" } }).catch(
        () => null,
      );
      if (!answer || answer.status >= 500) {
        say(root.dataset.waiting ?? "");
        return;
      }
      await remove(kept.key);
      if (answer.redirected && answer.ok) {
        const time = new Date().toLocaleTimeString(document.documentElement.lang, {
          hour: "2-digit",
          minute: "2-digit",
        });
        say((root.dataset.sent ?? "").replace("[time]", time), answer.url);
      } else if (!showPage(await answer.text(), answer.url)) {
        say(root.dataset.waiting ?? "");
      }
    }
  });
}

const STORE = "kept";

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open("tinhso-outbox", 1);
  request.addEventListener("upgradeneeded", () => request.result.createObjectStore(STORE, { keyPath: "key" }));
  return done(request);
}

async function put(kept: Kept): Promise<void> {
  const store = (await open()).transaction(STORE, "readwrite").objectStore(STORE);
  await done(store.put(kept));
}

async function remove(key: string): Promise<void> {
  await done((await open()).transaction(STORE, "readwrite").objectStore(STORE).delete(key));
}

async function all(): Promise<Kept[]> {
  return done((await open()).transaction(STORE).objectStore(STORE).getAll() as IDBRequest<Kept[]>);
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("the device keeps nothing")));
  });
}
