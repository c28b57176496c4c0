// Hears what this page says and asks for, and keeps it for the harness in the session storage of the
// tab, which outlives a reload and which the app never touches. See witness.rs.
"use strict";
{
  const keep = (...entries) => {
    try {
      const heard = JSON.parse(sessionStorage.getItem("witness:heard") ?? "[]");
      sessionStorage.setItem("witness:heard", JSON.stringify(heard.concat(entries)));
    } catch {
      // A page without storage has no witness.
    }
  };
  const say = (level, source, message) => keep({ level, source, message });
  const words = (value) => (value instanceof Error ? `${value}\n${value.stack}` : String(value));

  for (const [method, level] of Object.entries({ error: "SEVERE", warn: "WARNING", info: "INFO", log: "INFO", debug: "DEBUG" })) {
    const original = console[method];
    console[method] = (...parts) => {
      say(level, "console-api", parts.map(words).join(" "));
      original.apply(console, parts);
    };
  }

  // Caught on the way down, because a file that does not load tells nobody above it.
  addEventListener(
    "error",
    (event) => {
      const missing = event.target instanceof Element ? event.target.src || event.target.href : null;
      if (missing) say("SEVERE", "network", `${missing} could not be loaded`);
      else say("SEVERE", "javascript", `${event.filename}:${event.lineno} ${event.message}`);
    },
    true,
  );
  addEventListener("unhandledrejection", (event) => say("SEVERE", "javascript", `Unhandled: ${words(event.reason)}`));
  document.addEventListener("securitypolicyviolation", (event) => {
    const where = `${event.sourceFile}:${event.lineNumber}`;
    say("SEVERE", "security", `${where} Content Security Policy: ${event.effectiveDirective} refused ${event.blockedURI}`);
  });

  const asked = (entries) => keep(...entries.map(({ name }) => ({ url: name })));
  const observer = new PerformanceObserver((list) => asked(list.getEntries()));
  observer.observe({ type: "resource", buffered: true });
  addEventListener("pagehide", () => asked(observer.takeRecords()));
  keep({ url: location.href });
}
