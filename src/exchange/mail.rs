//! A link that begins an email (RFC 6068).

use super::with_single_breaks;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What is encoded in any part: all but the `unreserved` characters of RFC 3986, so that nothing can
/// end a part or begin another header.
const PART: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The same in an address, where the `@` stands as it is.
const ADDRESS: &AsciiSet = &PART.remove(b'@');

/// The email address in a text, if the text is one and nothing else. Quoted and
/// international addresses are not taken for one: a link to the wrong person is
/// worse than none.
#[must_use]
pub fn address(text: &str) -> Option<&str> {
    let text = text.trim();
    let plain = |c: char| c.is_ascii_alphanumeric() || ".!#$&'*+-/=^_`{|}~@".contains(c);
    let (name, host) = text.split_once('@')?;
    let whole = !name.is_empty() && host.contains('.') && !host.contains('@');
    (whole && text.chars().all(plain)).then_some(text)
}

/// A link that begins an email to whom `to` names, if that is an address. An
/// empty subject or body is left out.
///
/// Line breaks of the body become CR LF, as RFC 6068 wants (section 5); in the
/// subject they become spaces, since a header is one line.
#[must_use]
pub fn link(to: &str, subject: &str, body: &str) -> Option<String> {
    let mut link = format!("mailto:{}", utf8_percent_encode(address(to)?, ADDRESS));
    let subject = with_single_breaks(subject).replace('\n', " ");
    let body = with_single_breaks(body).replace('\n', "\r\n");
    let mut mark = '?';
    for (name, text) in [("subject", subject), ("body", body)] {
        if !text.is_empty() {
            link.push(mark);
            link.push_str(name);
            link.push('=');
            link.extend(utf8_percent_encode(&text, PART));
            mark = '&';
        }
    }
    Some(link)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_whole_address_becomes_a_link() {
        assert_eq!(link(" ada@example.org ", "", "").as_deref(), Some("mailto:ada@example.org"));
        for bad in ["ada", "a@b", "a@b.c?cc=d@e.f", "a b@c.d", "a@b@c.d", "@c.d", "a%0d@b.c", ""] {
            assert_eq!(link(bad, "", ""), None, "{bad}");
        }
    }

    #[test]
    fn what_an_address_may_hold_and_a_link_may_not_is_encoded() {
        assert_eq!(
            link("a&b=c/d#e+f@example.org", "", "").as_deref(),
            Some("mailto:a%26b%3Dc%2Fd%23e%2Bf@example.org")
        );
    }

    #[test]
    fn subject_and_body_add_no_header() {
        assert_eq!(
            link("a@b.c", "Hi\r\nBcc: x@y.z", "One & two?\nbcc=x@y.z").as_deref(),
            Some(
                "mailto:a@b.c?subject=Hi%20Bcc%3A%20x%40y.z\
                 &body=One%20%26%20two%3F%0D%0Abcc%3Dx%40y.z"
            )
        );
        assert_eq!(link("a@b.c", "", "x").as_deref(), Some("mailto:a@b.c?body=x"));
    }
}
