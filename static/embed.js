// Puts runs of Quorumscope into a page:
//
//   <script src="https://…/embed.js" async></script>
//   <quorumscope-run scenario="normal-case" autoplay></quorumscope-run>
//
// `scenario` is a link or its code, a document as JSON, the name of a preset, or
// a query such as "n=7&f=2&behaviour=silent". `height` fixes the height, which
// else follows the content; `page` names another Quorumscope page than the one
// this script came from. All other attributes are parameters of the page.
(() => {
  const NAME = 'quorumscope-run';
  const CONTEXT = 'quorumscope';
  if (customElements.get(NAME)) return;

  const script = document.currentScript?.src ?? document.baseURI;
  const OWN = new Set(['scenario', 'height', 'page', 'title', 'class', 'id', 'style', 'slot', 'hidden', 'lang', 'dir']);

  /** What a scenario adds to the address: names and values for the query, or a fragment. */
  function address(scenario) {
    const text = scenario.trim();
    const code = /[#?&]s=([^&#\s]+)/.exec(text)?.[1] ?? /^\d+\.[\w-]+=*$/.exec(text)?.[0];
    if (code) return { query: '', fragment: `#s=${code}` };
    if (text.startsWith('{')) return { query: '', fragment: '', document: JSON.parse(text) };
    if (text.includes('=')) return { query: text.slice(text.indexOf('?') + 1), fragment: '' };
    return { query: text && `preset=${encodeURIComponent(text)}`, fragment: '' };
  }

  class QuorumscopeRun extends HTMLElement {
    static observedAttributes = ['scenario'];
    #frame;
    #calls = new Map();
    #last = 0;
    #ready;
    #onMessage = (event) => this.#hear(event);

    connectedCallback() {
      addEventListener('message', this.#onMessage);
      this.#show();
    }

    disconnectedCallback() {
      removeEventListener('message', this.#onMessage);
      this.#forget('the run was taken out of the page');
    }

    attributeChangedCallback() {
      if (this.isConnected && this.#frame) this.#show();
    }

    /** Calls a method of the run, such as `call('step', { unit: 'phase' })`; a promise of its result. */
    async call(method, params = {}) {
      await this.#ready?.promise;
      const id = ++this.#last;
      const answer = new Promise((resolve, reject) => this.#calls.set(id, { resolve, reject }));
      this.#frame.contentWindow.postMessage({ context: CONTEXT, v: 1, id, method, params }, '*');
      return answer;
    }

    #show() {
      this.#forget('another run takes its place');
      const ready = {};
      ready.promise = new Promise((resolve) => (ready.resolve = resolve));
      this.#ready = ready;
      const { query, fragment, document: scenario } = address(this.getAttribute('scenario') ?? '');
      const url = new URL(this.getAttribute('page') ?? './', script);
      for (const [name, value] of new URLSearchParams(query)) url.searchParams.set(name, value);
      for (const { name, value } of this.attributes) {
        if (!OWN.has(name) && !/^(data-|aria-|on)/.test(name)) url.searchParams.set(name, value);
      }
      url.searchParams.set('embed', '1');
      const height = this.getAttribute('height');
      if (!height) url.searchParams.set('autoresize', '1');
      url.hash = fragment;
      const frame = document.createElement('iframe');
      frame.src = url.href;
      frame.title = this.getAttribute('title') ?? 'A run in Quorumscope';
      frame.allow = 'clipboard-write; fullscreen';
      frame.style.cssText = `display:block;width:100%;border:0;height:${parseFloat(height) || 480}px`;
      this.style.display ||= 'block';
      this.replaceChildren(frame);
      this.#frame = frame;
      if (scenario) this.call('loadScenario', { scenario }).catch((error) => this.#fail(error));
    }

    #hear({ source, data }) {
      if (!this.#frame || source !== this.#frame.contentWindow || data === null || typeof data !== 'object') return;
      if (data.type === 'iframe-resized' && !this.hasAttribute('height') && data.height > 0) {
        this.#frame.style.height = `${Math.min(data.height, 10_000)}px`;
      }
      if (data.context !== CONTEXT || data.v !== 1) return;
      if (data.event === 'ready') this.#ready.resolve();
      if (data.event) this.dispatchEvent(new CustomEvent(data.event, { detail: data.data }));
      const waiting = this.#calls.get(data.id);
      this.#calls.delete(data.id);
      if (data.error) waiting?.reject(Object.assign(new Error(data.error.message), data.error));
      else waiting?.resolve(data.result);
    }

    #fail(error) {
      this.dispatchEvent(new CustomEvent('error', { detail: error }));
    }

    #forget(reason) {
      for (const { reject } of this.#calls.values()) reject(new Error(reason));
      this.#calls.clear();
    }
  }

  customElements.define(NAME, QuorumscopeRun);
})();
