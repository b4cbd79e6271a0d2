//! Machine-readable lines of travel documents: ICAO 9303, parts 4 (passports, two lines of 44), 5 (cards, three of 30) and
//! 6 (two of 36). Check digits by weights 7-3-1, part 3 section 4.9.
//!
//! Names have no check digit: they are read, never proved. Pure and total: any text in, a reading or a reason out.

/// The three formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Cards: three lines of 30.
    Td1,
    /// Larger cards: two lines of 36.
    Td2,
    /// Passports: two lines of 44.
    Td3,
}

impl Format {
    const ALL: [Self; 3] = [Self::Td1, Self::Td2, Self::Td3];

    /// Lines, and characters of each.
    const fn shape(self) -> (usize, usize) {
        match self {
            Self::Td1 => (3, 30),
            Self::Td2 => (2, 36),
            Self::Td3 => (2, 44),
        }
    }
}

/// Why text is no machine-readable lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotRead {
    /// Not three lines of 30, two of 36 or two of 44.
    Shape,
    /// Something else than A to Z, 0 to 9 and the filler.
    Letters,
}

/// A part whose check digit does not fit: it was misread, mistyped or altered. Which of these no digit tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The number of the document.
    Number,
    /// The date of birth.
    Birth,
    /// The last day of validity.
    Expiry,
    /// The personal number of a passport.
    Personal,
    /// The digit over all of them.
    Composite,
}

impl Fault {
    /// Every one.
    pub const ALL: [Self; 5] = [Self::Number, Self::Birth, Self::Expiry, Self::Personal, Self::Composite];

    /// Stable code, also of the remark.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Number => "mrz-check-number",
            Self::Birth => "mrz-check-birth",
            Self::Expiry => "mrz-check-expiry",
            Self::Personal => "mrz-check-personal",
            Self::Composite => "mrz-check-composite",
        }
    }
}

/// A day of the lines: two figures of the year, month, day; what is not known is absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShortDay {
    /// Year within its century.
    pub year: u8,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31.
    pub day: Option<u8>,
}

impl ShortDay {
    /// The whole year of a birth: the last century's when this one's would lie after `this_year`.
    pub fn born_in(self, this_year: i16) -> i16 {
        let year = this_year - this_year.rem_euclid(100) + i16::from(self.year);
        if year > this_year { year - 100 } else { year }
    }

    /// The whole year of an end of validity: of this century.
    pub fn ends_in(self, this_year: i16) -> i16 {
        this_year - this_year.rem_euclid(100) + i16::from(self.year)
    }
}

/// What the lines say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mrz {
    /// Their format.
    pub format: Format,
    /// First letters of the kind of document: `P`, `I`, `AC` …
    pub document: String,
    /// Code of the issuing State or organisation, without fillers.
    pub issuer: String,
    /// Code of the nationality, without fillers.
    pub nationality: String,
    /// Family name, as far as the lines have room for it.
    pub primary: String,
    /// Given names.
    pub secondary: String,
    /// Number of the document.
    pub number: String,
    /// Date of birth.
    pub birth: Option<ShortDay>,
    /// `F`, `M`, or nothing.
    pub sex: Option<char>,
    /// Last day of validity.
    pub expiry: Option<ShortDay>,
    /// Parts whose check digit does not fit, in order.
    pub faults: Vec<Fault>,
}

/// Reads lines as typed: in small letters, with spaces, with or without breaks.
///
/// # Errors
/// When the text has another shape or other letters than the standard's.
pub fn read(text: &str) -> Result<Mrz, NotRead> {
    let lines = lines_of(text)?;
    let format = Format::ALL.into_iter().find(|format| fits(&lines, *format)).ok_or(NotRead::Shape)?;
    let lines: Vec<Line<'_>> = lines.iter().map(|line| Line(line)).collect();
    match (format, lines.as_slice()) {
        (Format::Td1, [one, two, three]) => Ok(card(*one, *two, *three)),
        (_, [one, two]) => Ok(booklet(format, *one, *two)),
        _ => Err(NotRead::Shape),
    }
}

fn fits(lines: &[String], format: Format) -> bool {
    let (count, length) = format.shape();
    lines.len() == count && lines.iter().all(|line| line.len() == length)
}

/// The lines without spaces, in capital letters. One long run is cut where its length says.
fn lines_of(text: &str) -> Result<Vec<String>, NotRead> {
    let clean = |line: &str| -> String {
        line.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect()
    };
    let lines: Vec<String> = text.lines().map(clean).filter(|line| !line.is_empty()).collect();
    let legal = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '<';
    if !lines.iter().all(|line| line.chars().all(legal)) {
        return Err(NotRead::Letters);
    }
    let [only] = lines.as_slice() else { return Ok(lines) };
    let whole =
        Format::ALL.into_iter().map(Format::shape).find(|(count, length)| count * length == only.len());
    let Some((_, length)) = whole else { return Err(NotRead::Shape) };
    Ok(only.as_bytes().chunks(length).map(|line| String::from_utf8_lossy(line).into_owned()).collect())
}

/// One line, ASCII by then.
#[derive(Clone, Copy)]
struct Line<'a>(&'a str);

impl<'a> Line<'a> {
    fn part(self, from: usize, to: usize) -> &'a str {
        self.0.get(from..to).unwrap_or_default()
    }
}

/// Three lines of 30.
fn card(one: Line<'_>, two: Line<'_>, three: Line<'_>) -> Mrz {
    let (number, number_fits) = number(one.part(5, 14), one.part(14, 15), one.part(15, 30));
    let whole = [one.part(5, 30), two.part(0, 7), two.part(8, 15), two.part(18, 29)].concat();
    let mut faults = Vec::new();
    let mut check = |fits: bool, fault| {
        if !fits {
            faults.push(fault)
        }
    };
    check(number_fits, Fault::Number);
    check(digit_fits(two.part(0, 6), two.part(6, 7)), Fault::Birth);
    check(digit_fits(two.part(8, 14), two.part(14, 15)), Fault::Expiry);
    check(digit_fits(&whole, two.part(29, 30)), Fault::Composite);
    let (primary, secondary) = names(three.0);
    Mrz {
        format: Format::Td1,
        document: plain(one.part(0, 2)),
        issuer: plain(one.part(2, 5)),
        nationality: plain(two.part(15, 18)),
        primary,
        secondary,
        number,
        birth: day(two.part(0, 6)),
        sex: sex(two.part(7, 8)),
        expiry: day(two.part(8, 14)),
        faults,
    }
}

/// Two lines of 36 or 44.
fn booklet(format: Format, one: Line<'_>, two: Line<'_>) -> Mrz {
    let length = format.shape().1;
    let passport = format == Format::Td3;
    let optional = if passport { "" } else { two.part(28, 35) };
    let (number, number_fits) = number(two.part(0, 9), two.part(9, 10), optional);
    let whole = [two.part(0, 10), two.part(13, 20), two.part(21, length - 1)].concat();
    let mut faults = Vec::new();
    let mut check = |fits: bool, fault| {
        if !fits {
            faults.push(fault)
        }
    };
    check(number_fits, Fault::Number);
    check(digit_fits(two.part(13, 19), two.part(19, 20)), Fault::Birth);
    check(digit_fits(two.part(21, 27), two.part(27, 28)), Fault::Expiry);
    check(!passport || digit_fits(two.part(28, 42), two.part(42, 43)), Fault::Personal);
    check(digit_fits(&whole, two.part(length - 1, length)), Fault::Composite);
    let (primary, secondary) = names(one.part(5, length));
    Mrz {
        format,
        document: plain(one.part(0, 2)),
        issuer: plain(one.part(2, 5)),
        nationality: plain(two.part(10, 13)),
        primary,
        secondary,
        number,
        birth: day(two.part(13, 19)),
        sex: sex(two.part(20, 21)),
        expiry: day(two.part(21, 27)),
        faults,
    }
}

/// The number and whether its digit fits. A number of more than nine characters goes on in the optional part, its digit
/// behind it (part 5, 4.2.2.1 note j).
fn number(nine: &str, digit: &str, optional: &str) -> (String, bool) {
    if digit != "<" {
        return (plain(nine), digit_fits(nine, digit));
    }
    let rest = optional.split('<').next().unwrap_or_default();
    match rest.split_at_checked(rest.len().saturating_sub(1)) {
        Some((more, last)) if !last.is_empty() => {
            let whole = format!("{nine}{more}");
            (plain(&whole), digit_fits(&whole, last))
        }
        // No number at all is a number of fillers.
        _ => (plain(nine), digit_fits(nine, "0")),
    }
}

/// The digit over a part: weights 7, 3, 1; A is 10, the filler 0.
fn check_digit(part: &str) -> u32 {
    let value = |c: char| if c == '<' { 0 } else { c.to_digit(36).unwrap_or(0) };
    part.chars().zip([7, 3, 1].into_iter().cycle()).map(|(c, weight)| value(c) * weight).sum::<u32>() % 10
}

/// A filler stands for the digit of an empty part.
fn digit_fits(part: &str, digit: &str) -> bool {
    let wanted = check_digit(part);
    match digit.chars().next() {
        Some('<') => wanted == 0 && part.chars().all(|c| c == '<'),
        Some(c) => c.to_digit(10) == Some(wanted),
        None => false,
    }
}

fn plain(part: &str) -> String {
    part.split('<').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn names(part: &str) -> (String, String) {
    let (primary, secondary) = part.split_once("<<").unwrap_or((part, ""));
    (plain(primary), plain(secondary))
}

fn sex(part: &str) -> Option<char> {
    part.chars().next().filter(|c| matches!(c, 'F' | 'M'))
}

fn day(part: &str) -> Option<ShortDay> {
    let two = |from: usize| part.get(from..from + 2).and_then(|text| text.parse::<u8>().ok());
    Some(ShortDay {
        year: two(0)?,
        month: two(2).filter(|month| (1..=12).contains(month)),
        day: two(4).filter(|day| (1..=31).contains(day)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The specimens of ICAO 9303 parts 4, 5 and 6.
    const TD3: &str =
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
    const TD2: &str = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6";
    const TD1: &str =
        "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<";

    #[test]
    fn the_specimens_of_the_standard_are_read_whole() {
        for (text, format, number, document) in [
            (TD3, Format::Td3, "L898902C3", "P"),
            (TD2, Format::Td2, "D23145890", "I"),
            (TD1, Format::Td1, "D23145890", "I"),
        ] {
            let read = read(text).unwrap();
            assert_eq!(
                (read.format, read.number.as_str(), read.document.as_str()),
                (format, number, document)
            );
            assert_eq!((read.primary.as_str(), read.secondary.as_str()), ("ERIKSSON", "ANNA MARIA"));
            assert_eq!(
                (read.issuer.as_str(), read.nationality.as_str(), read.sex),
                ("UTO", "UTO", Some('F'))
            );
            let day = |year, month, day| Some(ShortDay { year, month: Some(month), day: Some(day) });
            assert_eq!((read.birth, read.expiry), (day(74, 8, 12), day(12, 4, 15)));
            assert_eq!(read.faults, []);
        }
    }

    #[test]
    fn every_slip_of_one_character_in_a_checked_part_is_told_where_it_is() {
        let spoil = |at: usize| {
            let mut chars: Vec<char> = TD3.chars().collect();
            chars[at] = if chars[at] == '7' { '3' } else { '7' };
            read(&chars.into_iter().collect::<String>()).unwrap().faults
        };
        let second = 45;
        assert_eq!(spoil(second), [Fault::Number, Fault::Composite]);
        assert_eq!(spoil(second + 14), [Fault::Birth, Fault::Composite]);
        assert_eq!(spoil(second + 22), [Fault::Expiry, Fault::Composite]);
        assert_eq!(spoil(second + 30), [Fault::Personal, Fault::Composite]);
        assert_eq!(spoil(second + 43), [Fault::Composite]);
        // Names are not covered by any digit.
        assert_eq!(spoil(7), []);
    }

    #[test]
    fn it_is_read_as_people_type_it() {
        let run = TD1.replace('\n', "").to_lowercase();
        assert_eq!(read(&run), read(TD1));
        assert_eq!(read(&TD2.replace("UTO", "U T O").replace('\n', "\r\n\n")), read(TD2));
        assert_eq!(read(""), Err(NotRead::Shape));
        assert_eq!(read("P<UTO"), Err(NotRead::Shape));
        assert_eq!(read("سمیرا"), Err(NotRead::Letters));
        let thirty = "A".repeat(30);
        assert_eq!(read(&format!("{thirty}\n{thirty}")), Err(NotRead::Shape));
    }

    #[test]
    fn a_long_number_goes_on_in_the_optional_part() {
        // Part 5: D23145890734 with its digit 9, the ninth character followed by a filler.
        let text =
            "I<UTOD23145890<7349<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<0\nERIKSSON<<ANNA<MARIA<<<<<<<<<<";
        let read = read(text).unwrap();
        assert_eq!(read.number, "D23145890734");
        assert!(!read.faults.contains(&Fault::Number), "{:?}", read.faults);
    }

    #[test]
    fn what_is_not_known_of_a_day_stays_open_and_centuries_are_those_of_a_child() {
        assert_eq!(day("74<<<<"), Some(ShortDay { year: 74, month: None, day: None }));
        assert_eq!(day("<<<<<<"), None);
        let short = |year| ShortDay { year, month: None, day: None };
        assert_eq!(
            (short(26).born_in(2026), short(27).born_in(2026), short(31).ends_in(2026)),
            (2026, 1927, 2031)
        );
    }

    #[test]
    fn no_text_makes_it_stumble() {
        for length in 0..140 {
            for c in ['<', '0', 'Z', ' ', '\n', 'é', '٣'] {
                let _ = read(&c.to_string().repeat(length));
            }
        }
    }
}
