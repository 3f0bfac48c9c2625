/**
 * Records of diplomatic events, version 1.0: the types of
 * https://w3id.org/diplomatic-events/1.0/event.schema.json.
 *
 * Generated from the schema by validator/tools/typescript.py; do not edit. The schema also says
 * which form a text has, which list may not be empty and what holds for several properties
 * together.
 */

/**
 * One diplomatic event: who hosted, which delegations came and in what capacity, who said what,
 * what was agreed and which later events were announced. Every claim can carry evidence in the
 * words of its source. Identifiers inside the record are local to it; only the record's own `id`
 * names it across files.
 *
 * If `status` is `held`, `delegations` must be given.
 */
export interface DiplomaticEvent {
  /**
   * The address of the schema that the record is written for, so that an editor can complete and
   * describe properties. It may be a relative path. The version that counts is the one in
   * `schemaVersion`.
   */
  "$schema"?: string;
  /**
   * The version of this schema that the record is written for. A released version is never edited,
   * so a record stays valid under the version that it declares.
   */
  schemaVersion: "1.0";
  /**
   * The name of the record across files. It never changes once the record is published; a restated
   * record keeps it and raises the number in `revision`.
   */
  id: IdentifierText;
  /** States that this record replaces an earlier one with the same `id`, and why. */
  revision?: Revision;
  /**
   * The language of the record's own words, such as its `title`, the `text` of its statements and
   * its notes, written as a BCP 47 tag: `en`, `zh-Hans`. The language of a source is given with the
   * source.
   */
  language: LanguageTag;
  /** What happened, in one line, in the record's own words. */
  title: Text;
  /**
   * The event's own proper name, where it has one: what it is called in texts about it, in the
   * record's language. A description such as 'meeting of the foreign ministers' is no name; it
   * belongs in `title`.
   */
  name?: Text;
  /** The kind of event. Where several fit, the most specific one is given. */
  type: EventType;
  /**
   * The protocol rank of a visit, as the host or the visitor calls it. It is given only where
   * `type` is `visit`.
   */
  visitType?: VisitType;
  /**
   * How the participants met. When absent, they met in person. A telephone call is a meeting by
   * phone.
   */
  mode?: Mode;
  /**
   * What the sources say became of the event. It is never derived from today's date: an event
   * announced for last year stays `announced` until a source says that it was held.
   */
  status: EventStatus;
  /**
   * When the event took place or is to take place, at the place of the event, as precisely as the
   * sources say. An event that was cancelled, or postponed without a word of when it is to be held,
   * keeps the date for which it was last planned. It is written in EDTF, such as `2018-04-24`,
   * `2018-06`, `1972~` or `2018-06-09/2018-06-10`.
   */
  date: EdtfDate;
  /**
   * When the event began and ended by local clocks on the day in `date`, and how long it lasted.
   */
  time?: ClockSpan;
  /**
   * How long the visitors were in the country or at the place, in EDTF, where that is longer than
   * the event: arrival on the eve, days without appointments, departure on the day after. `date`
   * has the days of the visit or meeting itself and lies within the stay; items of the programme
   * may lie anywhere within it.
   */
  stay?: EdtfDate;
  /**
   * The dates for which the event was planned before it was moved, in EDTF and oldest first. The
   * date that now holds stands in `date`.
   */
  previousDates?: EdtfDate[];
  /**
   * When, by whom and why the event was postponed, cancelled or put back on. It is the last such
   * change; the status that now holds stands in `status`.
   */
  statusChange?: StatusChange;
  /**
   * Where the event took place, one entry for each place. It is absent for a telephone call or a
   * video conference.
   */
  places?: Place[];
  /**
   * What the event marked or was held on the occasion of, such as an anniversary, an inauguration
   * or a death, in the record's own words. What it was meant to achieve stands in `purpose`.
   */
  occasion?: Text;
  /**
   * What the event was held for, as a source gives it, in the record's own words. What it marked
   * stands in `occasion`, what it was about in `topics`.
   */
  purpose?: Text;
  /**
   * What the event was the first, the last or the highest of its kind in, as a source says, in the
   * record's own words: 'the first visit of a president since 1979'. The coder does not add what no
   * source says.
   */
  milestone?: Text;
  /**
   * What was to be talked about, item by item, as a source lists it. The parts of the event by time
   * stand in `programme`, and what was talked about in sum stands in `topics`.
   */
  agenda?: AgendaItem[];
  /** The series that the event belongs to, and its number in it. */
  series?: Series;
  /**
   * The register of every state, organization or group that the record speaks of. Each is written
   * down here once and referred to by its `id` everywhere else.
   */
  parties: Party[];
  /**
   * The register of the people whom a source names: those who took part, and others such as a
   * spokesman, the deceased or an expected guest. Someone known only by office is not a person
   * here, but an office without a person in a delegation.
   */
  people?: Person[];
  /**
   * The parties that received the others. A host need not take part, as when a neutral state lends
   * its capital. It is absent for a telephone call and where no source names a host.
   */
  hosts?: Host[];
  /**
   * Who asked for the call, meeting or visit, where a source says so: 'the call took place at the
   * request of the Swedish side'. Whoever sent an invitation stands in `invitedBy`.
   */
  initiatedBy?: AgentId[];
  /**
   * At whose invitation the visitors came, where a source says so: 'at the invitation of President
   * Xi Jinping'. The party that received them stands in `hosts`, also where another invited.
   */
  invitedBy?: AgentId[];
  /**
   * Whom the event honoured: the deceased of a funeral, the laureate of an award, the person or
   * body that a commemoration is for. One part of the event that honours someone has the same
   * property in `programme`.
   */
  honours?: PrincipalId[];
  /**
   * One entry for each party that took part or is to take part, the host's own delegation included.
   * It is required where `status` is `held`.
   */
  delegations?: Delegation[];
  /**
   * The members of delegations who presided over the event or are to preside over it. Those who
   * presided over one part of it only are named with that part in `programme`.
   */
  chairs?: MemberId[];
  /**
   * The parts of an event that has several, such as a state visit or a summit of some days, in the
   * order of time as far as the sources show it. The order alone claims nothing: when a part took
   * place is said by its `date` and `time`.
   */
  programme?: ProgrammeItem[];
  /**
   * What was said or written at the event or about it, in the order in which the sources give it.
   */
  statements?: Statement[];
  /** What was signed, adopted or decided at the event. */
  outcomes?: Outcome[];
  /** Summits, meetings and visits that the sources announce for a later time. */
  upcoming?: EventReference[];
  /** Other events that this one belongs to, prepares, follows or replaces. */
  related?: RelatedEvent[];
  /** What the event was about, as codes. */
  topics?: Topic[];
  /**
   * What the event is called in outside registers, such as its entry in Wikidata or the key of its
   * row in a data set.
   */
  identifiers?: Identifier[];
  /** The reports, communiqués and other documents that the record is coded from. */
  sources: Source[];
  /**
   * What is inferred, uncertain, disputed or corrected in the record, and why. Doubt is noted here
   * and nowhere else, so that values stay plain; only a date about which a source is merely vague
   * has `?` or `~` at its end instead.
   */
  annotations?: Annotation[];
  /** How the record itself came about. */
  provenance?: Provenance;
  /**
   * The passages that say what the record holds of the event as a whole: its type, date and place.
   */
  evidence?: Evidence[];
  /**
   * Passages of the sources that are left uncoded on purpose, each with the reason: a menu, a note
   * of the editor, what concerns another event. They are looked up as evidence is, and `coverage`
   * does not expect them to be evidence for anything.
   */
  irrelevant?: IrrelevantPassage[];
  /**
   * Data of other projects, each under a namespace that its owner controls: a reverse domain name
   * or a URI. It is the one place for properties that this schema does not define.
   */
  extensions?: Record<string, Extension>;
}

/**
 * When something began and ended by local clocks, and how long it lasted, as far as the sources
 * say. At least one of its properties is present.
 *
 * At least one of its properties must be given.
 *
 * `end` may be given only with `start`.
 *
 * `timeZone` may be given only with `start`.
 */
export interface ClockSpan {
  /** The local time at which it began or is to begin, in hours and minutes on the 24-hour clock. */
  start?: ClockTime;
  /**
   * The local time at which it ended or is to end, in hours and minutes on the 24-hour clock. What
   * goes on past midnight has an interval of two days as its date.
   */
  end?: ClockTime;
  /** The name of the place's time zone in the IANA time zone database. */
  timeZone?: string;
  /**
   * The part of the day by local clocks, where a source says no more than that: 'on Monday
   * evening'. Where `start` is known, it says more.
   */
  partOfDay?: PartOfDay;
  /**
   * How long it lasted or is to last, where a source says so, as ISO 8601 writes it: `PT15M` or
   * `PT1H30M`. What follows from `start` and `end` is not repeated here.
   */
  duration?: Duration;
}

/** A name that a register outside the record gives to the entry. */
export interface Identifier {
  /**
   * The register that the value comes from. The list is open: a scheme that is not on it draws a
   * warning, not an error.
   */
  scheme: IdentifierScheme;
  /** The identifier in the form that its register uses. */
  value: Text;
}

/** One further name of a party or a person. */
export interface Name {
  /** The name as it is written, in its own order and script. */
  text: Text;
  /** The language that the name is in, as a BCP 47 tag. */
  language?: LanguageTag;
  /** The script that the name is written in, by its four-letter code of ISO 15924. */
  script?: Script;
  /** What sort of name it is. */
  kind?: NameKind;
}

/** A restatement of an earlier record with the same `id`. */
export interface Revision {
  /** Counts the published states of the record; the first is 1. */
  number: number;
  /** The day on which this revision was made. */
  date?: Day;
  /** What was changed, and why. */
  note?: Text;
}

/**
 * When, by whom and why the event was postponed, cancelled or put back on. At least one of its
 * properties is present.
 *
 * At least one of its properties must be given.
 */
export interface StatusChange {
  /** When the change was decided or announced, in EDTF. */
  date?: EdtfDate;
  /** The parties that postponed or cancelled the event, or put it back on. */
  by?: PartyId[];
  /** Why, as the sources give it, in the record's own words. */
  reason?: Text;
  /** The passages that report the change. */
  evidence?: Evidence[];
}

/**
 * A place, as closely as the sources give it. At least one of its properties is present.
 *
 * At least one of its properties must be given.
 */
export interface Place {
  /** What the source calls the place, where it is neither a venue, a city nor a region. */
  name?: Text;
  /** The building, room or ship. */
  venue?: Text;
  /** The city, town or village. */
  city?: Text;
  /** The province, federal state or other part of the country. */
  region?: Text;
  /**
   * The country in which the place lay at the time of the event, by its alpha-3 code of ISO 3166.
   */
  country?: Country;
  /** A point in the place. */
  coordinates?: Coordinates;
  /**
   * What the narrowest place that the entry gives is called in outside registers: a venue or a
   * place given by `name` before the city, the city before the region, the region before the
   * country.
   */
  identifiers?: Identifier[];
}

/** A point on the Earth, in decimal degrees of the WGS 84 system. */
export interface Coordinates {
  /** Degrees north of the equator; south is negative. */
  latitude: number;
  /** Degrees east of Greenwich; west is negative. */
  longitude: number;
}

/** A series of events, and the place of one of them in it. */
export interface Series {
  /** What the series is called. */
  name: Text;
  /** The number of this event in the series: 18 for the 18th summit. */
  edition?: number;
  /** The party that holds the series. */
  organizer?: PartyId;
}

/**
 * A state, organization or group that takes part in the event or is spoken of in the record.
 *
 * If `type` is `state`, `country` must be given.
 */
export interface Party {
  /** The name by which the record refers to the party. */
  id: LocalId;
  /** What sort of body the party is. */
  type: PartyType;
  /** The name under which the party is shown, in the record's language. */
  name: Text;
  /**
   * The state itself, or the country that a body of another type belongs to, by its alpha-3 code of
   * ISO 3166. The code says nothing of whether anyone recognises the state. A party of type `state`
   * must have it.
   */
  country?: Country;
  /** Further names of the party. */
  names?: Name[];
  /** What the party is called in outside registers. */
  identifiers?: Identifier[];
  /**
   * States that the entry stands for several bodies of one kind that no source names one by one,
   * such as 'several regional states' or 'civil society groups'. It is only ever true. A body that
   * has members is not several bodies: it is a `group`.
   */
  several?: true;
  /** The parties that make up a group or organization, as far as the sources name them. */
  members?: PartyId[];
  /** The passages that name or describe the party. */
  evidence?: Evidence[];
}

/**
 * Someone whom a source names, whether the person took part or not. What a participant was at the
 * event stands with the delegation, because an office changes and a person does not.
 */
export interface Person {
  /** The name by which the record refers to the person. */
  id: LocalId;
  /** The whole name as it is displayed, in the order that the person's own usage gives it. */
  name: Text;
  /**
   * The part of the name that is the family's. It is absent where a culture has none, or where no
   * source shows which part it is.
   */
  familyName?: Text;
  /** The part of the name that is the person's own. */
  givenName?: Text;
  /** Further names of the person, such as the name in the person's own script. */
  names?: Name[];
  /** What the person is called in outside registers. */
  identifiers?: Identifier[];
  /**
   * Every office that a source gives the person besides the one in which he or she took part, which
   * stands with the member: the office of a spokesman, the deceased or an expected guest, or one
   * held before. `tenure` says how it was held at the time of the event.
   */
  offices?: Office[];
  /**
   * The passages that name the person. Where the evidence of a delegation has the name, it need not
   * stand here again.
   */
  evidence?: Evidence[];
}

/** A party that received the others. */
export interface Host {
  /** The party that hosted the event. */
  party: PartyId;
  /**
   * Who received the others for the party, where a source says so: 'President Xi Jinping hosted the
   * summit'. Someone who took part is named by the member's id, a host who did not by the person's
   * id.
   */
  person?: IndividualId;
  /** The passages that say who hosted the event. */
  evidence?: Evidence[];
}

/** Those who took part for one party. A party has one delegation, however many people it sent. */
export interface Delegation {
  /** The name by which the record refers to the delegation as a whole. */
  id: LocalId;
  /** The party that the delegation stands for. */
  party: PartyId;
  /**
   * In what standing the delegation took part. Where the source gives none, it is a `participant`.
   */
  capacity: DelegationCapacity;
  /** The source's own words for that standing. */
  designation?: Text;
  /**
   * How this delegation took part, where that differs from the event's own mode, as when it joined
   * a hybrid summit by video.
   */
  mode?: Mode;
  /**
   * The number of people in the delegation, where a source counts them. It may exceed the number of
   * members recorded.
   */
  size?: number;
  /**
   * The people and offices in the delegation, the highest first. It is absent where no source
   * mentions any of them.
   */
  members?: Member[];
  /** The passages that say that the delegation took part, and how. */
  evidence?: Evidence[];
}

/**
 * Someone in a delegation: a named person, an office whose holder no source names, or several
 * people of one kind. It has a person, an office or both.
 *
 * At least one of `person` and `office` must be given.
 *
 * `several` and `count` exclude each other.
 *
 * `person` and `several` exclude each other.
 *
 * `person` and `count` exclude each other.
 */
export interface Member {
  /**
   * The name by which the record refers to the person in this delegation, for example as a speaker.
   */
  id: LocalId;
  /** The person, where a source gives a name. */
  person?: PersonId;
  /** The office in which the person took part. */
  office?: Office;
  /** What the person did in the delegation. */
  role?: MemberRole;
  /**
   * Whom he or she came with, where a source says so: the president whose spouse, child or adviser
   * this is. Those accompanied are named by the member's id if they took part, and by the person's
   * id if they did not.
   */
  accompanies?: IndividualId[];
  /**
   * How this member took part, where that differs from the rest of the delegation, as when a
   * minister joined by video.
   */
  mode?: Mode;
  /**
   * States that the entry stands for several people whom no source counts. It is only ever true.
   */
  several?: true;
  /**
   * The number of people that the entry stands for, where a source counts them without naming them.
   */
  count?: number;
  /** The passages that say that this member took part, and in what office. */
  evidence?: Evidence[];
}

/** A post in a state or an organization, as it was held at the time of the event. */
export interface Office {
  /** The office as the source writes it. */
  title: Text;
  /** The rank of the office, comparable across states. */
  level?: OfficeLevel;
  /**
   * The field of government that the office answers for. The list is open: a code that is not on it
   * draws a warning, not an error.
   */
  portfolio?: Portfolio;
  /** How the office was held. When absent, the person was its incumbent. */
  tenure?: OfficeTenure;
  /**
   * The party whose office it is. When absent, it is that of the delegation; for an office of a
   * person who is in no delegation, it is then not known.
   */
  of?: PartyId;
  /**
   * The party that received an ambassador or other envoy. The sending party is that of the office.
   */
  accreditedTo?: PartyId;
}

/** One item of an agenda. */
export interface AgendaItem {
  /** The item as the source lists it, in the record's language. */
  title: Text;
  /** What the item was about, as codes. */
  topics?: Topic[];
  /** The passages that give the item. */
  evidence?: Evidence[];
}

/** One part of an event that has several. */
export interface ProgrammeItem {
  /** The name by which the record refers to the item. */
  id: LocalId;
  /** What sort of item it is. */
  type?: ProgrammeItemType;
  /**
   * The protocol rank of this part of a visit or journey, where it is not that of the whole: the
   * official days beside a private stay, or a stopover in transit. Where the whole has one rank, it
   * stands in the event's own `visitType` only.
   */
  visitType?: VisitType;
  /**
   * What the sources say became of the item, where that differs from the event: a press conference
   * that was cancelled, or a meal that was planned and of which no source says that it took place.
   */
  status?: EventStatus;
  /** What happened, in one line. */
  title: Text;
  /**
   * When the item took place or was to take place, in EDTF. It lies within the `stay` of the event,
   * or within its `date` where there is no `stay`.
   */
  date?: EdtfDate;
  /** When the item began and ended by local clocks, and how long it lasted. */
  time?: ClockSpan;
  /** Where the item took place. */
  place?: Place;
  /**
   * The members of delegations, or whole delegations, who took part in this item, where that is
   * less than all. It is absent where everyone took part or no source says who did.
   */
  participants?: ParticipantId[];
  /**
   * Before whom the item took place, such as those who heard a speech or were received, where they
   * were not among the participants: parties, people, delegations or members of delegations.
   */
  audience?: AddresseeId[];
  /** Whom the item honoured, such as the fallen at whose monument a wreath was laid. */
  honours?: PrincipalId[];
  /**
   * The members of delegations who presided over this item, where they are others than those who
   * presided over the whole event.
   */
  chairs?: MemberId[];
  /** What the item was about, as codes. */
  topics?: Topic[];
  /** The passages that describe the item. */
  evidence?: Evidence[];
}

/**
 * Something that was said or written at the event or about it, by those who took part or by others.
 */
export interface Statement {
  /** The name by which the record refers to the statement. */
  id: LocalId;
  /**
   * Who said it: members of delegations, delegations that spoke as one, or parties and people who
   * did not take part, such as a ministry or its spokesman. Someone who is a member of a delegation
   * is named by the member's id. Several speakers made a joint statement.
   */
  speakers: SpeakerId[];
  /**
   * The parties or people spoken for, where they are others than the speaker's own party: a
   * minister who delivers the king's message, or one who speaks for all the ministers present. It
   * does not make the statement a joint one.
   */
  onBehalfOf?: PrincipalId[];
  /**
   * Who reported the words, where they are known only from another's account of them: 'the ministry
   * said that the king had told the envoy …' has the king as the speaker and the ministry here. A
   * mediator who carried the words between two sides is named here too, with the channel
   * `intermediary`. The source that prints the account is not; it is given by the evidence.
   */
  reportedBy?: AgentId;
  /**
   * To whom it was said: those who were spoken or written to, as far as the source says. Whom or
   * what the words were about stands in `about`: who condemns one state before another has the
   * second here and the first there.
   */
  addressees?: AddresseeId[];
  /**
   * Whom or what it was about, where that is an entry of the record: the party that was condemned,
   * the person who was praised, the proposal, agreement or other event that was welcomed. What is
   * about the recorded event itself has no entry here. To whom it was said stands in `addressees`,
   * the subject in general in `topics`.
   */
  about?: SubjectId[];
  /**
   * How the source gives the words: in quotation marks, as reported speech, mixed, or from a
   * written text. Words in quotation marks are direct also where `text` translates them.
   */
  form: StatementForm;
  /**
   * What was said, in the record's language and without the reporter's lead-in. Where the source
   * quotes words in another language, the translation stands here. The source's own words stand in
   * `evidence`.
   */
  text: Text;
  /**
   * The language of the words: the one in which the statement was made, where a source says it, or
   * the one in which the source quotes it, where that is not the record's. It is a BCP 47 tag.
   */
  language?: LanguageTag;
  /** What the speaker did by saying it. */
  act?: SpeechAct;
  /** What the statement was about, as codes. */
  topics?: Topic[];
  /**
   * When it was said or written, in EDTF, where that was not at the event: an announcement before
   * it, or a reaction after it.
   */
  date?: EdtfDate;
  /**
   * The means by which the words reached those to whom they were said, where a source says so. The
   * list is open: a code that is not on it draws a warning, not an error.
   */
  channel?: Channel;
  /**
   * The statement that this one answers, such as the question of a journalist or the proposal of
   * the other side.
   */
  inReplyTo?: StatementId;
  /** The part of the event at which it was said. */
  programmeItem?: ProgrammeItemId;
  /** The passages that report the statement. */
  evidence: Evidence[];
}

/**
 * Something that was signed, adopted, decided or put to the vote at the event.
 *
 * `several` and `count` exclude each other.
 */
export interface Outcome {
  /** The name by which the record refers to the outcome. */
  id: LocalId;
  /** What sort of text or decision it is. */
  type: OutcomeType;
  /** The name of the text, or the decision in one line. */
  title: Text;
  /** What became of it at the event. */
  status?: OutcomeStatus;
  /**
   * States that the entry stands for several outcomes of one kind that no source counts or names,
   * such as 'several agreements'. It is only ever true.
   */
  several?: true;
  /**
   * The number of outcomes that the entry stands for, where a source counts them without naming
   * them, such as 'twelve agreements'.
   */
  count?: number;
  /** The outcome that this one is a part of, such as the communiqué in which a decision stands. */
  partOf?: OutcomeId;
  /** What it is about, as codes. */
  topics?: Topic[];
  /** From when it holds, where a source says so, in EDTF. */
  effective?: EdtfDate;
  /**
   * By when it is to be carried out, where a source says so, in EDTF. 'Within a month' is the date
   * that follows from it, annotated as inferred.
   */
  due?: EdtfDate;
  /** The sums of money and other quantities that it is about, as a source gives them. */
  amounts?: Amount[];
  /** Who proposed it or tabled the draft, where a source says so. */
  proposedBy?: AgentId[];
  /** The parties that are bound by it or that decided it. */
  parties?: PartyId[];
  /**
   * The parties to whom it is addressed or on whom it places demands, where they are others than
   * those that decided it.
   */
  addressees?: PartyId[];
  /** The members of delegations who signed it for a party. */
  signatories?: MemberId[];
  /**
   * The members of delegations who signed it as witness, guarantor or depositary, not for a party.
   */
  witnesses?: MemberId[];
  /** How the parties voted, where it was put to the vote. */
  votes?: Votes;
  /**
   * What the text is called in outside registers, such as a document symbol of the United Nations.
   */
  identifiers?: Identifier[];
  /** Where the text can be read. */
  url?: Url;
  /** The part of the event at which it came about. */
  programmeItem?: ProgrammeItemId;
  /** The passages that report the outcome. */
  evidence?: Evidence[];
}

/** A sum of money or another quantity. */
export interface Amount {
  /** The number, written out in full: 50 million is 50000000. */
  value: number;
  /**
   * What is counted or measured: the currency by its three-letter code of ISO 4217, or a word in
   * the record's language such as `troops`, `tonnes` or `percent`.
   */
  unit: Text;
  /**
   * What the number alone does not say, in the record's own words: what the sum is for, that it is
   * a ceiling, or over how many years it is spread.
   */
  note?: Text;
}

/**
 * The parties by how they voted, and how many voted in each way. A party stands in one list only.
 *
 * At least one of its properties must be given.
 */
export interface Votes {
  /** The parties that voted in favour. */
  for?: PartyId[];
  /** The parties that voted against. */
  against?: PartyId[];
  /** The parties that were present and abstained. */
  abstained?: PartyId[];
  /** The parties that were entitled to vote and did not take part in the vote. */
  absent?: PartyId[];
  /**
   * How many voted in each way, where a source gives numbers. Where the parties are listed too,
   * number and list agree.
   */
  counts?: VoteCounts;
}

/**
 * How many voted in each way. At least one of its properties is present.
 *
 * At least one of its properties must be given.
 */
export interface VoteCounts {
  /** The number of votes in favour. */
  for?: number;
  /** The number of votes against. */
  against?: number;
  /** The number of those who were present and abstained. */
  abstained?: number;
  /** The number of those who were entitled to vote and did not take part in the vote. */
  absent?: number;
}

/** Someone who took part or is to take part in an upcoming or related event. */
export interface EventPerson {
  /** The person, whose office stands with the entry in `people`. */
  person: PersonId;
  /** The party for which the person takes part. */
  party?: PartyId;
  /** What the person does for that party. */
  role?: MemberRole;
}

/**
 * An event that a source announces for a later time. Only a title is sure, because announcements
 * are vague.
 */
export interface EventReference {
  /** The name of this entry in the record. */
  id: LocalId;
  /** The `id` of that event's own record, where there is one. */
  record?: IdentifierText;
  /** What the event is, in one line. */
  title: Text;
  /** The kind of event. */
  type?: EventType;
  /**
   * The protocol rank of a visit, as the host or the visitor calls it. It is given only where
   * `type` is `visit`.
   */
  visitType?: VisitType;
  /** What the sources of this record say became of the event. */
  status?: EventStatus;
  /**
   * When, by whom and why that event was postponed, cancelled or put back on, as far as the sources
   * of this record say.
   */
  statusChange?: StatusChange;
  /** When the event is to take place, as precisely as the sources say, in EDTF. */
  date?: EdtfDate;
  /** Where the event is to take place. */
  place?: Place;
  /** The parties that hold or host the event. */
  organizers?: PartyId[];
  /** The parties that are to take part, as far as the sources say. */
  participants?: PartyId[];
  /**
   * The people who are to take part, as far as the sources name them. Their offices stand with the
   * person, in `offices`.
   */
  people?: EventPerson[];
  /**
   * The level at which it is to be held, as a source gives it, by the office of the highest who are
   * to come: 'a ministerial meeting' is of the level `minister`.
   */
  level?: OfficeLevel;
  /** What it is to be about, as codes. */
  topics?: Topic[];
  /** The series that the event belongs to. */
  series?: Series;
  /** The passages that announce the event. */
  evidence?: Evidence[];
}

/** Another event, and how this one stands to it. */
export interface RelatedEvent {
  /** The name of this entry in the record. */
  id: LocalId;
  /** How the recorded event stands to the other one, read as 'this event is … the other'. */
  relation: EventRelation;
  /** The `id` of that event's own record, where there is one. */
  record?: IdentifierText;
  /** What the event is, in one line. */
  title: Text;
  /** The kind of event. */
  type?: EventType;
  /**
   * The protocol rank of a visit, as the host or the visitor calls it. It is given only where
   * `type` is `visit`.
   */
  visitType?: VisitType;
  /** What the sources of this record say became of the event. */
  status?: EventStatus;
  /**
   * When, by whom and why that event was postponed, cancelled or put back on, as far as the sources
   * of this record say.
   */
  statusChange?: StatusChange;
  /** When the event took place or is to take place, as precisely as the sources say, in EDTF. */
  date?: EdtfDate;
  /** Where the event took place or is to take place. */
  place?: Place;
  /** The parties that held or hosted the event. */
  organizers?: PartyId[];
  /** The parties that took part, as far as the sources say. */
  participants?: PartyId[];
  /**
   * The people who took part or are to take part, as far as the sources name them. Their offices
   * stand with the person, in `offices`.
   */
  people?: EventPerson[];
  /**
   * The level at which it was held, as a source gives it, by the office of the highest who took
   * part: 'a ministerial meeting' is of the level `minister`.
   */
  level?: OfficeLevel;
  /** What it was about, as codes. */
  topics?: Topic[];
  /** The series that the event belongs to. */
  series?: Series;
  /** The passages that speak of the event. */
  evidence?: Evidence[];
}

/**
 * A document that the record is coded from. With its text, which stands here or in a file beside
 * the record, every quote can be looked up; a source without a text is valid, and what could not be
 * looked up is reported.
 *
 * `text` and `textFile` exclude each other.
 */
export interface Source {
  /** The name by which evidence refers to the source. */
  id: LocalId;
  /** What sort of document it is. */
  type: SourceType;
  /** Who published the document. */
  publisher?: Text;
  /** Who wrote the document, as it says itself. */
  author?: Text;
  /** The document's own title. */
  title?: Text;
  /** Where the document can be read. */
  url?: Url;
  /** The date that the document bears, in EDTF. */
  published?: EdtfDate;
  /** The day on which the document was last fetched or looked at. */
  retrieved?: Day;
  /** The place, and the date if there is one, that a report names at its head. */
  dateline?: Text;
  /** The language that the document is written in, as a BCP 47 tag. */
  language?: LanguageTag;
  /** Who holds the rights in the document, and under which terms its text stands here. */
  rights?: Text;
  /**
   * The whole text of the document, unchanged. Offsets of evidence count its Unicode code points.
   */
  text?: string;
  /**
   * The path of a UTF-8 file with the whole text of the document, relative to the record's own file
   * and inside its folder. Parts of the path are separated by `/`.
   */
  textFile?: string;
  /**
   * The SHA-256 digest of the text's UTF-8 bytes, in lower-case hexadecimal digits. It shows
   * whether the text is still the one that was coded.
   */
  sha256?: string;
  /**
   * The documents that this one cites as its own sources, such as the agency whose report a
   * newspaper retells.
   */
  cites?: Citation[];
  /**
   * What the document is called in outside registers, such as a DOI, or the key of the row if it is
   * one row of a data set.
   */
  identifiers?: Identifier[];
  /**
   * The passages in which the document says something of itself, such as its date, place or
   * publisher.
   */
  evidence?: Evidence[];
}

/**
 * A document that a source cites: one of the record's own sources, or one that is only known by
 * what it is called there.
 *
 * At least one of `source` and `text` must be given.
 */
export interface Citation {
  /** The cited document, where it is an entry in `sources`. */
  source?: SourceId;
  /** What the citing document calls it, where it is no entry in `sources`. */
  text?: Text;
}

/**
 * A quoted passage of a source: the text quote selector and the text position selector of the W3C
 * Web Annotation Data Model in one.
 *
 * `start` may be given only with `end`.
 *
 * `end` may be given only with `start`.
 */
export interface Evidence {
  /** The source that the passage stands in. */
  source: SourceId;
  /** The passage, copied from the source character by character. */
  exact: string;
  /** The text that stands directly before the passage, to tell it from the same words elsewhere. */
  prefix?: string;
  /** The text that stands directly after the passage, to tell it from the same words elsewhere. */
  suffix?: string;
  /**
   * The offset of the passage's first character in the source's text, counted in Unicode code
   * points from 0. A passage that stands only once in the text can do without.
   */
  start?: number;
  /** The offset of the first character after the passage, counted in Unicode code points from 0. */
  end?: number;
}

/** A passage, or several, that the record leaves uncoded, and the reason. */
export interface IrrelevantPassage {
  /** Why nothing is coded from the passage. */
  reason: Text;
  /** The passages that are left uncoded, copied from their sources as all evidence is. */
  evidence: Evidence[];
}

/**
 * A remark on a value of the record, or on several that rest on the same basis: that it is
 * inferred, uncertain, disputed or corrected. It has either `target` or `targets`.
 *
 * At least one of `target` and `targets` must be given.
 *
 * `target` and `targets` exclude each other.
 *
 * `targets` and `alternatives` exclude each other.
 */
export interface Annotation {
  /**
   * The value that the remark is about, by the id of the entry that holds it and the names of
   * properties from there on: `shoigu/office/level`. A value that belongs to no entry with an id
   * has the JSON Pointer (RFC 6901) that leads to it from the record: `/date`. A pointer that
   * counts the entries of a list, such as `/delegations/0`, leads elsewhere as soon as an entry is
   * put before them.
   */
  target?: TargetPath;
  /** The values that the remark is about, where it is the same for several of them. */
  targets?: TargetPath[];
  /** What is to be known about the value. */
  kind: AnnotationKind;
  /** What the value rests on, or what speaks against it, in words. */
  basis: Text;
  /**
   * Other values that could stand in the target's place. They belong to one `target`; where
   * `targets` have alternatives, each has an annotation of its own.
   */
  alternatives?: Alternative[];
}

/** Another value for the target of an annotation, and the passages that give it. */
export interface Alternative {
  /** A value that would be valid in the target's place. */
  value: unknown;
  /** The passages that give this value. */
  evidence?: Evidence[];
}

/**
 * How the record itself came about. At least one of its properties is present.
 *
 * At least one of its properties must be given.
 */
export interface Provenance {
  /** The day on which the record was first written. */
  created?: Day;
  /** The day on which the record was last changed. */
  modified?: Day;
  /** Whether a person or a machine coded the record. */
  method?: ProvenanceMethod;
  /** The person, team or project that answers for the record. */
  by?: Text;
  /** The program that extracted the record, with its version. */
  tool?: Text;
  /** The SPDX identifier of the licence under which the record may be used. */
  license?: Text;
}

/**
 * A name made of lower-case ASCII letters and digits, in groups joined by a single hyphen, full
 * stop or underscore.
 */
export type IdentifierText = string;

/**
 * The name by which the rest of the record refers to this entry. All local identifiers of a record
 * share one namespace, so no two entries of any kind have the same.
 */
export type LocalId = IdentifierText;

/** The `id` of an entry in `parties`. */
export type PartyId = IdentifierText;

/** The `id` of an entry in `people`. */
export type PersonId = IdentifierText;

/** The `id` of a member of a delegation. */
export type MemberId = IdentifierText;

/** The `id` of a member of a delegation, or of a delegation all of whose members took part. */
export type ParticipantId = IdentifierText;

/**
 * The `id` of a member of a delegation, of a delegation that spoke as one, or of a party or person
 * that spoke without taking part.
 */
export type SpeakerId = IdentifierText;

/** The `id` of an entry in `parties` or `people`, or of a member of a delegation. */
export type AgentId = IdentifierText;

/** The `id` of an entry in `parties` or `people`. */
export type PrincipalId = IdentifierText;

/** The `id` of a member of a delegation, or of an entry in `people`. */
export type IndividualId = IdentifierText;

/** The `id` of a party, a person, a delegation or a member of one. */
export type AddresseeId = IdentifierText;

/** The `id` of a party, a person, a statement, an outcome, or an upcoming or related event. */
export type SubjectId = IdentifierText;

/** The `id` of an entry in `programme`. */
export type ProgrammeItemId = IdentifierText;

/** The `id` of an entry in `statements`. */
export type StatementId = IdentifierText;

/** The `id` of an entry in `outcomes`. */
export type OutcomeId = IdentifierText;

/** The `id` of an entry in `sources`. */
export type SourceId = IdentifierText;

/** Words for people to read. The text is not empty and does not begin with white space. */
export type Text = string;

/**
 * A BCP 47 language tag: a language of ISO 639 and, where it matters, a script of ISO 15924, a
 * region and variants.
 */
export type LanguageTag = string;

/**
 * A date in a subset of EDTF (ISO 8601-2 and the Library of Congress): a day, month or year; a
 * season, quarter or half of a year, written in place of the month; a decade as `201X` or a century
 * as `20XX`; each with `?` for uncertain, `~` for approximate or `%` for both at its end; or an
 * interval `a/b` of two of them, where `..` stands for an open end. Spring, summer, autumn and
 * winter are `2018-21` to `2018-24` of an unsaid hemisphere, `2018-25` to `2018-28` of the northern
 * and `2018-29` to `2018-32` of the southern; quarters are `2018-33` to `2018-36`, half-years
 * `2018-40` and `2018-41`.
 */
export type EdtfDate = string;

/** One day of the Gregorian calendar, as year, month and day of ISO 8601. */
export type Day = string;

/** A local time of day on the 24-hour clock, in hours and minutes. */
export type ClockTime = string;

/** A length of time in hours and minutes, as ISO 8601 writes it. */
export type Duration = string;

/** An absolute http or https address without white space. */
export type Url = string;

/** A reverse domain name, or a URI, that the owner of an extension controls. */
export type Namespace = string;

/** What the owner of the namespace records, in a form of the owner's own. */
export type Extension = Record<string, unknown>;

/**
 * The id of an entry, followed by the names of the properties that lead from there to the value,
 * each after a `/`; or a JSON Pointer (RFC 6901) from the record, which begins with `/`, or is
 * empty for the record as a whole.
 */
export type TargetPath = string;

/**
 * A code of the list `annotation-kind`:
 * https://w3id.org/diplomatic-events/codelists/annotation-kind/
 */
export type AnnotationKind =
  | "inferred" // Inferred
  | "uncertain" // Uncertain
  | "disputed" // Disputed
  | "corrected"; // Corrected

/** A code of the open list `channel`: https://w3id.org/diplomatic-events/codelists/channel/ */
export type Channel =
  | "conversation" // Conversation
  | "speech" // Speech
  | "press-conference" // Press conference
  | "briefing" // Briefing
  | "interview" // Interview
  | "press-release" // Press release
  | "social-media" // Social media
  | "broadcast" // Broadcast
  | "letter" // Letter
  | "diplomatic-note" // Diplomatic note
  | "telephone" // Telephone
  | "video-link" // Video link
  | "intermediary" // Intermediary
  | (string & {});

/** A code of the list `country`: https://w3id.org/diplomatic-events/codelists/country/ */
export type Country =
  | "ABW" // Aruba
  | "AFG" // Afghanistan
  | "AFI" // French Afars and Issas
  | "AGO" // Angola
  | "AIA" // Anguilla
  | "ALA" // Åland Islands
  | "ALB" // Albania
  | "AND" // Andorra
  | "ANT" // Netherlands Antilles
  | "ARE" // United Arab Emirates
  | "ARG" // Argentina
  | "ARM" // Armenia
  | "ASM" // American Samoa
  | "ATA" // Antarctica
  | "ATB" // British Antarctic Territory
  | "ATF" // French Southern Territories
  | "ATG" // Antigua and Barbuda
  | "ATN" // Dronning Maud Land
  | "AUS" // Australia
  | "AUT" // Austria
  | "AZE" // Azerbaijan
  | "BDI" // Burundi
  | "BEL" // Belgium
  | "BEN" // Benin
  | "BES" // Bonaire, Sint Eustatius and Saba
  | "BFA" // Burkina Faso
  | "BGD" // Bangladesh
  | "BGR" // Bulgaria
  | "BHR" // Bahrain
  | "BHS" // Bahamas
  | "BIH" // Bosnia and Herzegovina
  | "BLM" // Saint Barthélemy
  | "BLR" // Belarus
  | "BLZ" // Belize
  | "BMU" // Bermuda
  | "BOL" // Bolivia
  | "BRA" // Brazil
  | "BRB" // Barbados
  | "BRN" // Brunei
  | "BTN" // Bhutan
  | "BUR" // Burma
  | "BVT" // Bouvet Island
  | "BWA" // Botswana
  | "BYS" // Byelorussian SSR
  | "CAF" // Central African Republic
  | "CAN" // Canada
  | "CCK" // Cocos (Keeling) Islands
  | "CHE" // Switzerland
  | "CHL" // Chile
  | "CHN" // China
  | "CIV" // Côte d'Ivoire
  | "CMR" // Cameroon
  | "COD" // Democratic Republic of the Congo
  | "COG" // Republic of the Congo
  | "COK" // Cook Islands
  | "COL" // Colombia
  | "COM" // Comoros
  | "CPV" // Cabo Verde
  | "CRI" // Costa Rica
  | "CSK" // Czechoslovakia
  | "CTE" // Canton and Enderbury Islands
  | "CUB" // Cuba
  | "CUW" // Curaçao
  | "CXR" // Christmas Island
  | "CYM" // Cayman Islands
  | "CYP" // Cyprus
  | "CZE" // Czechia
  | "DDR" // East Germany
  | "DEU" // Germany
  | "DHY" // Dahomey
  | "DJI" // Djibouti
  | "DMA" // Dominica
  | "DNK" // Denmark
  | "DOM" // Dominican Republic
  | "DZA" // Algeria
  | "ECU" // Ecuador
  | "EGY" // Egypt
  | "ERI" // Eritrea
  | "ESH" // Western Sahara
  | "ESP" // Spain
  | "EST" // Estonia
  | "ETH" // Ethiopia
  | "FIN" // Finland
  | "FJI" // Fiji
  | "FLK" // Falkland Islands
  | "FRA" // France
  | "FRO" // Faroe Islands
  | "FSM" // Micronesia
  | "FXX" // Metropolitan France
  | "GAB" // Gabon
  | "GBR" // United Kingdom
  | "GEL" // Gilbert and Ellice Islands
  | "GEO" // Georgia
  | "GGY" // Guernsey
  | "GHA" // Ghana
  | "GIB" // Gibraltar
  | "GIN" // Guinea
  | "GLP" // Guadeloupe
  | "GMB" // Gambia
  | "GNB" // Guinea-Bissau
  | "GNQ" // Equatorial Guinea
  | "GRC" // Greece
  | "GRD" // Grenada
  | "GRL" // Greenland
  | "GTM" // Guatemala
  | "GUF" // French Guiana
  | "GUM" // Guam
  | "GUY" // Guyana
  | "HKG" // Hong Kong
  | "HMD" // Heard Island and McDonald Islands
  | "HND" // Honduras
  | "HRV" // Croatia
  | "HTI" // Haiti
  | "HUN" // Hungary
  | "HVO" // Upper Volta
  | "IDN" // Indonesia
  | "IMN" // Isle of Man
  | "IND" // India
  | "IOT" // British Indian Ocean Territory
  | "IRL" // Ireland
  | "IRN" // Iran
  | "IRQ" // Iraq
  | "ISL" // Iceland
  | "ISR" // Israel
  | "ITA" // Italy
  | "JAM" // Jamaica
  | "JEY" // Jersey
  | "JOR" // Jordan
  | "JPN" // Japan
  | "JTN" // Johnston Island
  | "KAZ" // Kazakhstan
  | "KEN" // Kenya
  | "KGZ" // Kyrgyzstan
  | "KHM" // Cambodia
  | "KIR" // Kiribati
  | "KNA" // Saint Kitts and Nevis
  | "KOR" // South Korea
  | "KWT" // Kuwait
  | "LAO" // Laos
  | "LBN" // Lebanon
  | "LBR" // Liberia
  | "LBY" // Libya
  | "LCA" // Saint Lucia
  | "LIE" // Liechtenstein
  | "LKA" // Sri Lanka
  | "LSO" // Lesotho
  | "LTU" // Lithuania
  | "LUX" // Luxembourg
  | "LVA" // Latvia
  | "MAC" // Macao
  | "MAF" // Saint Martin (French part)
  | "MAR" // Morocco
  | "MCO" // Monaco
  | "MDA" // Moldova
  | "MDG" // Madagascar
  | "MDV" // Maldives
  | "MEX" // Mexico
  | "MHL" // Marshall Islands
  | "MID" // Midway Islands
  | "MKD" // North Macedonia
  | "MLI" // Mali
  | "MLT" // Malta
  | "MMR" // Myanmar
  | "MNE" // Montenegro
  | "MNG" // Mongolia
  | "MNP" // Northern Mariana Islands
  | "MOZ" // Mozambique
  | "MRT" // Mauritania
  | "MSR" // Montserrat
  | "MTQ" // Martinique
  | "MUS" // Mauritius
  | "MWI" // Malawi
  | "MYS" // Malaysia
  | "MYT" // Mayotte
  | "NAM" // Namibia
  | "NCL" // New Caledonia
  | "NER" // Niger
  | "NFK" // Norfolk Island
  | "NGA" // Nigeria
  | "NHB" // New Hebrides
  | "NIC" // Nicaragua
  | "NIU" // Niue
  | "NLD" // Netherlands
  | "NOR" // Norway
  | "NPL" // Nepal
  | "NRU" // Nauru
  | "NTZ" // Neutral Zone
  | "NZL" // New Zealand
  | "OMN" // Oman
  | "PAK" // Pakistan
  | "PAN" // Panama
  | "PCI" // Trust Territory of the Pacific Islands
  | "PCN" // Pitcairn
  | "PCZ" // Panama Canal Zone
  | "PER" // Peru
  | "PHL" // Philippines
  | "PLW" // Palau
  | "PNG" // Papua New Guinea
  | "POL" // Poland
  | "PRI" // Puerto Rico
  | "PRK" // North Korea
  | "PRT" // Portugal
  | "PRY" // Paraguay
  | "PSE" // Palestine
  | "PUS" // US Miscellaneous Pacific Islands
  | "PYF" // French Polynesia
  | "QAT" // Qatar
  | "REU" // Réunion
  | "RHO" // Southern Rhodesia
  | "ROM" // Romania (code until 2002)
  | "ROU" // Romania
  | "RUS" // Russia
  | "RWA" // Rwanda
  | "SAU" // Saudi Arabia
  | "SCG" // Serbia and Montenegro
  | "SDN" // Sudan
  | "SEN" // Senegal
  | "SGP" // Singapore
  | "SGS" // South Georgia and the South Sandwich Islands
  | "SHN" // Saint Helena, Ascension and Tristan da Cunha
  | "SJM" // Svalbard and Jan Mayen
  | "SKM" // Sikkim
  | "SLB" // Solomon Islands
  | "SLE" // Sierra Leone
  | "SLV" // El Salvador
  | "SMR" // San Marino
  | "SOM" // Somalia
  | "SPM" // Saint Pierre and Miquelon
  | "SRB" // Serbia
  | "SSD" // South Sudan
  | "STP" // Sao Tome and Principe
  | "SUN" // Soviet Union
  | "SUR" // Suriname
  | "SVK" // Slovakia
  | "SVN" // Slovenia
  | "SWE" // Sweden
  | "SWZ" // Eswatini
  | "SXM" // Sint Maarten (Dutch part)
  | "SYC" // Seychelles
  | "SYR" // Syria
  | "TCA" // Turks and Caicos Islands
  | "TCD" // Chad
  | "TGO" // Togo
  | "THA" // Thailand
  | "TJK" // Tajikistan
  | "TKL" // Tokelau
  | "TKM" // Turkmenistan
  | "TLS" // Timor-Leste
  | "TMP" // East Timor
  | "TON" // Tonga
  | "TTO" // Trinidad and Tobago
  | "TUN" // Tunisia
  | "TUR" // Türkiye
  | "TUV" // Tuvalu
  | "TWN" // Taiwan
  | "TZA" // Tanzania
  | "UGA" // Uganda
  | "UKR" // Ukraine
  | "UMI" // United States Minor Outlying Islands
  | "URY" // Uruguay
  | "USA" // United States
  | "UZB" // Uzbekistan
  | "VAT" // Holy See
  | "VCT" // Saint Vincent and the Grenadines
  | "VDR" // North Vietnam
  | "VEN" // Venezuela
  | "VGB" // British Virgin Islands
  | "VIR" // US Virgin Islands
  | "VNM" // Vietnam
  | "VUT" // Vanuatu
  | "WAK" // Wake Island
  | "WLF" // Wallis and Futuna
  | "WSM" // Samoa
  | "XKX" // Kosovo
  | "YEM" // Yemen
  | "YMD" // South Yemen
  | "YUG" // Yugoslavia
  | "ZAF" // South Africa
  | "ZAR" // Zaire
  | "ZMB" // Zambia
  | "ZWE"; // Zimbabwe

/**
 * A code of the list `delegation-capacity`:
 * https://w3id.org/diplomatic-events/codelists/delegation-capacity/
 */
export type DelegationCapacity =
  | "participant" // Participant
  | "member" // Member
  | "observer" // Observer
  | "dialogue-partner" // Dialogue partner
  | "guest" // Guest
  | "mediator" // Mediator
  | "guarantor" // Guarantor
  | "organizer" // Organizer
  | "other"; // Other

/**
 * A code of the list `event-relation`: https://w3id.org/diplomatic-events/codelists/event-relation/
 */
export type EventRelation =
  | "part-of" // Part of
  | "includes" // Includes
  | "sidelines-of" // On the sidelines of
  | "attends" // Made to attend
  | "same-journey" // On the same journey
  | "en-route-to" // On the way to
  | "prepares" // Prepares
  | "prepared-by" // Prepared by
  | "follows-up" // Follows up
  | "followed-by" // Followed by
  | "replaces" // Replaces
  | "concerns"; // Concerns

/** A code of the list `event-status`: https://w3id.org/diplomatic-events/codelists/event-status/ */
export type EventStatus =
  | "announced" // Announced
  | "held" // Held
  | "postponed" // Postponed
  | "cancelled"; // Cancelled

/** A code of the list `event-type`: https://w3id.org/diplomatic-events/codelists/event-type/ */
export type EventType =
  | "meeting" // Meeting
  | "visit" // Visit
  | "summit" // Summit
  | "conference" // Conference
  | "session" // Session
  | "negotiation" // Negotiation
  | "consultation" // Consultation
  | "signing" // Signing
  | "ceremony" // Ceremony
  | "other"; // Other

/**
 * A code of the open list `identifier-scheme`:
 * https://w3id.org/diplomatic-events/codelists/identifier-scheme/
 */
export type IdentifierScheme =
  | "wikidata" // Wikidata
  | "iso-3166-1-alpha-2" // ISO 3166-1 alpha-2
  | "cow" // Correlates of War
  | "geonames" // GeoNames
  | "un-locode" // UN/LOCODE
  | "ror" // Research Organization Registry
  | "viaf" // VIAF
  | "isni" // ISNI
  | "un-document" // UN document symbol
  | "unts" // UN Treaty Series
  | "grid" // GRID
  | "doi" // DOI
  | "dataset-key" // Key in a data set
  | (string & {});

/** A code of the list `member-role`: https://w3id.org/diplomatic-events/codelists/member-role/ */
export type MemberRole =
  | "head" // Head of delegation
  | "co-head" // Joint head of delegation
  | "deputy-head" // Deputy head of delegation
  | "member" // Member
  | "accompanying" // Accompanying person
  | "chair" // Chair
  | "spokesperson" // Spokesperson
  | "signatory" // Signatory
  | "interpreter" // Interpreter
  | "adviser"; // Adviser

/** A code of the list `mode`: https://w3id.org/diplomatic-events/codelists/mode/ */
export type Mode =
  | "in-person" // In person
  | "phone" // By telephone
  | "video" // By video
  | "hybrid" // Hybrid
  | "correspondence"; // By correspondence

/** A code of the list `name-kind`: https://w3id.org/diplomatic-events/codelists/name-kind/ */
export type NameKind =
  | "official" // Official name
  | "short" // Short name
  | "native" // Native name
  | "transliteration" // Transliteration
  | "translation" // Translation
  | "former" // Former name
  | "alias"; // Alias

/** A code of the list `office-level`: https://w3id.org/diplomatic-events/codelists/office-level/ */
export type OfficeLevel =
  | "head-of-state" // Head of state
  | "head-of-government" // Head of government
  | "head-of-state-and-government" // Head of state and government
  | "deputy-head-of-state" // Deputy head of state
  | "deputy-head-of-government" // Deputy head of government
  | "royal" // Member of a royal family
  | "minister" // Minister
  | "deputy-minister" // Deputy minister
  | "parliament-speaker" // Speaker of parliament
  | "legislator" // Legislator
  | "military-chief" // Military chief
  | "organization-head" // Head of an organization
  | "deputy-organization-head" // Deputy head of an organization
  | "special-envoy" // Special envoy
  | "ambassador" // Ambassador
  | "charge-d-affaires" // Chargé d'affaires
  | "senior-official" // Senior official
  | "official" // Official
  | "other"; // Other

/**
 * A code of the list `office-tenure`: https://w3id.org/diplomatic-events/codelists/office-tenure/
 */
export type OfficeTenure =
  | "incumbent" // Incumbent
  | "acting" // Acting
  | "elect" // Elect
  | "designate" // Designate
  | "former"; // Former

/**
 * A code of the list `outcome-status`: https://w3id.org/diplomatic-events/codelists/outcome-status/
 */
export type OutcomeStatus =
  | "signed" // Signed
  | "adopted" // Adopted
  | "agreed" // Agreed
  | "announced" // Announced
  | "rejected"; // Rejected

/** A code of the list `outcome-type`: https://w3id.org/diplomatic-events/codelists/outcome-type/ */
export type OutcomeType =
  | "treaty" // Treaty
  | "agreement" // Agreement
  | "memorandum" // Memorandum
  | "declaration" // Declaration
  | "communique" // Communiqué
  | "joint-statement" // Joint statement
  | "resolution" // Resolution
  | "decision" // Decision
  | "roadmap" // Roadmap
  | "commitment" // Commitment
  | "appointment" // Appointment
  | "other"; // Other

/** A code of the list `part-of-day`: https://w3id.org/diplomatic-events/codelists/part-of-day/ */
export type PartOfDay =
  | "morning" // Morning
  | "afternoon" // Afternoon
  | "evening" // Evening
  | "night"; // Night

/** A code of the list `party-type`: https://w3id.org/diplomatic-events/codelists/party-type/ */
export type PartyType =
  | "state" // State
  | "intergovernmental-organization" // Intergovernmental organization
  | "group" // Group
  | "subnational-government" // Subnational government
  | "non-governmental-organization" // Non-governmental organization
  | "armed-group" // Armed group
  | "company" // Company
  | "body" // Authority or other body
  | "other"; // Other

/** A code of the open list `portfolio`: https://w3id.org/diplomatic-events/codelists/portfolio/ */
export type Portfolio =
  | "foreign-affairs" // Foreign affairs
  | "defence" // Defence
  | "finance" // Finance
  | "trade" // Trade
  | "interior" // Interior
  | "justice" // Justice
  | "energy" // Energy
  | "environment" // Environment
  | "health" // Health
  | "culture" // Culture
  | "economy" // Economy
  | "industry" // Industry
  | "development" // Development cooperation
  | "education" // Education
  | "science-and-technology" // Science and technology
  | "transport" // Transport
  | "infrastructure" // Infrastructure
  | "agriculture" // Agriculture
  | "labour" // Labour
  | "social-affairs" // Social affairs
  | "migration" // Migration
  | "intelligence" // Intelligence
  | "security" // National security
  | "parliamentary-affairs" // Parliamentary affairs
  | "emergency" // Emergency situations
  | "planning" // Planning
  | "telecommunications" // Telecommunications
  | "water" // Water
  | "tourism" // Tourism
  | "sport" // Sport
  | "european-affairs" // European affairs
  | "religious-affairs" // Religious affairs
  | "information" // Information
  | "territorial-affairs" // Territorial affairs
  | "nuclear" // Nuclear affairs
  | "protocol" // Protocol
  | (string & {});

/**
 * A code of the list `programme-item-type`:
 * https://w3id.org/diplomatic-events/codelists/programme-item-type/
 */
export type ProgrammeItemType =
  | "arrival" // Arrival
  | "welcome-ceremony" // Welcome ceremony
  | "meeting" // Meeting
  | "talks" // Talks
  | "plenary" // Plenary
  | "address" // Address
  | "signing" // Signing
  | "press-conference" // Press conference
  | "meal" // Meal
  | "courtesy-call" // Courtesy call
  | "wreath-laying" // Wreath-laying
  | "cultural-event" // Cultural event
  | "site-visit" // Site visit
  | "leg" // Leg of a journey
  | "stopover" // Stopover
  | "ceremony" // Ceremony
  | "departure" // Departure
  | "other"; // Other

/**
 * A code of the list `provenance-method`:
 * https://w3id.org/diplomatic-events/codelists/provenance-method/
 */
export type ProvenanceMethod =
  | "human" // Human
  | "machine" // Machine
  | "machine-reviewed"; // Machine, reviewed

/** A code of the open list `script`: https://w3id.org/diplomatic-events/codelists/script/ */
export type Script =
  | "Adlm" // Adlam
  | "Afak" // Afaka
  | "Aghb" // Caucasian Albanian
  | "Ahom" // Ahom, Tai Ahom
  | "Arab" // Arabic
  | "Aran" // Arabic (Nastaliq variant)
  | "Armi" // Imperial Aramaic
  | "Armn" // Armenian
  | "Avst" // Avestan
  | "Bali" // Balinese
  | "Bamu" // Bamum
  | "Bass" // Bassa Vah
  | "Batk" // Batak
  | "Beng" // Bengali (Bangla)
  | "Berf" // Beria Erfe
  | "Bhks" // Bhaiksuki
  | "Blis" // Blissymbols
  | "Bopo" // Bopomofo
  | "Brah" // Brahmi
  | "Brai" // Braille
  | "Bugi" // Buginese
  | "Buhd" // Buhid
  | "Cakm" // Chakma
  | "Cans" // Unified Canadian Aboriginal Syllabics
  | "Cari" // Carian
  | "Cham" // Cham
  | "Cher" // Cherokee
  | "Chis" // Chisoi
  | "Chrs" // Chorasmian
  | "Cirt" // Cirth
  | "Copt" // Coptic
  | "Cpmn" // Cypro-Minoan
  | "Cprt" // Cypriot syllabary
  | "Cyrl" // Cyrillic
  | "Cyrs" // Cyrillic (Old Church Slavonic variant)
  | "Deva" // Devanagari (Nagari)
  | "Diak" // Dives Akuru
  | "Dogr" // Dogra
  | "Dsrt" // Deseret (Mormon)
  | "Dupl" // Duployan shorthand, Duployan stenography
  | "Egyd" // Egyptian demotic
  | "Egyh" // Egyptian hieratic
  | "Egyp" // Egyptian hieroglyphs
  | "Elba" // Elbasan
  | "Elym" // Elymaic
  | "Ethi" // Ethiopic (Geʻez)
  | "Gara" // Garay
  | "Geok" // Khutsuri (Asomtavruli and Nuskhuri)
  | "Geor" // Georgian (Mkhedruli and Mtavruli)
  | "Glag" // Glagolitic
  | "Gong" // Gunjala Gondi
  | "Gonm" // Masaram Gondi
  | "Goth" // Gothic
  | "Gran" // Grantha
  | "Grek" // Greek
  | "Gujr" // Gujarati
  | "Gukh" // Gurung Khema
  | "Guru" // Gurmukhi
  | "Hanb" // Han with Bopomofo (alias for Han + Bopomofo)
  | "Hang" // Hangul (Hangŭl, Hangeul)
  | "Hani" // Han (Hanzi, Kanji, Hanja)
  | "Hano" // Hanunoo (Hanunóo)
  | "Hans" // Han (Simplified variant)
  | "Hant" // Han (Traditional variant)
  | "Hatr" // Hatran
  | "Hebr" // Hebrew
  | "Hira" // Hiragana
  | "Hluw" // Anatolian Hieroglyphs (Luwian Hieroglyphs, Hittite Hieroglyphs)
  | "Hmng" // Pahawh Hmong
  | "Hmnp" // Nyiakeng Puachue Hmong
  | "Hntl" // Han (Traditional variant) with Latin (alias for Hant + Latn)
  | "Hrkt" // Japanese syllabaries (alias for Hiragana + Katakana)
  | "Hung" // Old Hungarian (Hungarian Runic)
  | "Inds" // Indus (Harappan)
  | "Ital" // Old Italic (Etruscan, Oscan, etc.)
  | "Jamo" // Jamo (alias for Jamo subset of Hangul)
  | "Java" // Javanese
  | "Jpan" // Japanese (alias for Han + Hiragana + Katakana)
  | "Jurc" // Jurchen
  | "Kali" // Kayah Li
  | "Kana" // Katakana
  | "Kawi" // Kawi
  | "Khar" // Kharoshthi
  | "Khmr" // Khmer
  | "Khoj" // Khojki
  | "Kitl" // Khitan large script
  | "Kits" // Khitan small script
  | "Knda" // Kannada
  | "Kore" // Korean (alias for Hangul + Han)
  | "Kpel" // Kpelle
  | "Krai" // Kirat Rai
  | "Kthi" // Kaithi
  | "Lana" // Tai Tham (Lanna)
  | "Laoo" // Lao
  | "Latf" // Latin (Fraktur variant)
  | "Latg" // Latin (Gaelic variant)
  | "Latn" // Latin
  | "Leke" // Leke
  | "Lepc" // Lepcha (Róng)
  | "Limb" // Limbu
  | "Lina" // Linear A
  | "Linb" // Linear B
  | "Lisu" // Lisu (Fraser)
  | "Loma" // Loma
  | "Lyci" // Lycian
  | "Lydi" // Lydian
  | "Mahj" // Mahajani
  | "Maka" // Makasar
  | "Mand" // Mandaic, Mandaean
  | "Mani" // Manichaean
  | "Marc" // Marchen
  | "Maya" // Mayan hieroglyphs
  | "Medf" // Medefaidrin (Oberi Okaime, Oberi Ɔkaimɛ)
  | "Mend" // Mende Kikakui
  | "Merc" // Meroitic Cursive
  | "Mero" // Meroitic Hieroglyphs
  | "Mlym" // Malayalam
  | "Modi" // Modi, Moḍī
  | "Mong" // Mongolian
  | "Moon" // Moon (Moon code, Moon script, Moon type)
  | "Mroo" // Mro, Mru
  | "Mtei" // Meitei Mayek (Meithei, Meetei)
  | "Mult" // Multani
  | "Mymr" // Myanmar (Burmese)
  | "Nagm" // Nag Mundari
  | "Nand" // Nandinagari
  | "Narb" // Old North Arabian (Ancient North Arabian)
  | "Nbat" // Nabataean
  | "Newa" // Newa, Newar, Newari, Nepāla lipi
  | "Nkdb" // Naxi Dongba (na²¹ɕi³³ to³³ba²¹, Nakhi Tomba)
  | "Nkgb" // Naxi Geba (na²¹ɕi³³ gʌ²¹ba²¹, 'Na-'Khi ²Ggŏ-¹baw, Nakhi Geba)
  | "Nkoo" // N’Ko
  | "Nshu" // Nüshu
  | "Ogam" // Ogham
  | "Olck" // Ol Chiki (Ol Cemet’, Ol, Santali)
  | "Onao" // Ol Onal
  | "Orkh" // Old Turkic, Orkhon Runic
  | "Orya" // Oriya (Odia)
  | "Osge" // Osage
  | "Osma" // Osmanya
  | "Ougr" // Old Uyghur
  | "Palm" // Palmyrene
  | "Pauc" // Pau Cin Hau
  | "Pcun" // Proto-Cuneiform
  | "Pelm" // Proto-Elamite
  | "Perm" // Old Permic
  | "Phag" // Phags-pa
  | "Phli" // Inscriptional Pahlavi
  | "Phlp" // Psalter Pahlavi
  | "Phlv" // Book Pahlavi
  | "Phnx" // Phoenician
  | "Piqd" // Klingon (KLI pIqaD)
  | "Plrd" // Miao (Pollard)
  | "Prti" // Inscriptional Parthian
  | "Psin" // Proto-Sinaitic
  | "Qaaa" // Reserved for private use (start)
  | "Qabx" // Reserved for private use (end)
  | "Ranj" // Ranjana
  | "Rjng" // Rejang (Redjang, Kaganga)
  | "Rohg" // Hanifi Rohingya
  | "Roro" // Rongorongo
  | "Runr" // Runic
  | "Samr" // Samaritan
  | "Sara" // Sarati
  | "Sarb" // Old South Arabian
  | "Saur" // Saurashtra
  | "Seal" // (Small) Seal
  | "Sgnw" // SignWriting
  | "Shaw" // Shavian (Shaw)
  | "Shrd" // Sharada, Śāradā
  | "Shui" // Shuishu
  | "Sidd" // Siddham, Siddhaṃ, Siddhamātṛkā
  | "Sidt" // Sidetic
  | "Sind" // Khudawadi, Sindhi
  | "Sinh" // Sinhala
  | "Sogd" // Sogdian
  | "Sogo" // Old Sogdian
  | "Sora" // Sora Sompeng
  | "Soyo" // Soyombo
  | "Sund" // Sundanese
  | "Sunu" // Sunuwar
  | "Sylo" // Syloti Nagri
  | "Syrc" // Syriac
  | "Syre" // Syriac (Estrangelo variant)
  | "Syrj" // Syriac (Western variant)
  | "Syrn" // Syriac (Eastern variant)
  | "Tagb" // Tagbanwa
  | "Takr" // Takri, Ṭākrī, Ṭāṅkrī
  | "Tale" // Tai Le
  | "Talu" // New Tai Lue
  | "Taml" // Tamil
  | "Tang" // Tangut
  | "Tavt" // Tai Viet
  | "Tayo" // Tai Yo
  | "Telu" // Telugu
  | "Teng" // Tengwar
  | "Tfng" // Tifinagh (Berber)
  | "Tglg" // Tagalog (Baybayin, Alibata)
  | "Thaa" // Thaana
  | "Thai" // Thai
  | "Tibt" // Tibetan
  | "Tirh" // Tirhuta
  | "Tnsa" // Tangsa
  | "Todr" // Todhri
  | "Tols" // Tolong Siki
  | "Toto" // Toto
  | "Tutg" // Tulu-Tigalari
  | "Ugar" // Ugaritic
  | "Vaii" // Vai
  | "Visp" // Visible Speech
  | "Vith" // Vithkuqi
  | "Wara" // Warang Citi (Varang Kshiti)
  | "Wcho" // Wancho
  | "Wole" // Woleai
  | "Xpeo" // Old Persian
  | "Xsux" // Cuneiform, Sumero-Akkadian
  | "Yezi" // Yezidi
  | "Yiii" // Yi
  | "Zanb" // Zanabazar Square (Zanabazarin Dörböljin Useg, Xewtee Dörböljin Bicig, Horizontal Square Script)
  | "Zinh" // Code for inherited script
  | "Zmth" // Mathematical notation
  | "Zsye" // Symbols (Emoji variant)
  | "Zsym" // Symbols
  | "Zxxx" // Code for unwritten documents
  | "Zyyy" // Code for undetermined script
  | "Zzzz" // Code for uncoded script
  | (string & {});

/** A code of the list `source-type`: https://w3id.org/diplomatic-events/codelists/source-type/ */
export type SourceType =
  | "news-article" // News article
  | "press-release" // Press release
  | "readout" // Readout
  | "communique" // Communiqué
  | "transcript" // Transcript
  | "document" // Document
  | "social-post" // Social media post
  | "broadcast" // Broadcast
  | "dataset" // Dataset
  | "other"; // Other

/** A code of the list `speech-act`: https://w3id.org/diplomatic-events/codelists/speech-act/ */
export type SpeechAct =
  | "praise" // Praise
  | "thank" // Thank
  | "congratulate" // Congratulate
  | "apologise" // Apologise
  | "pledge" // Pledge
  | "offer" // Offer
  | "propose" // Propose
  | "appeal" // Appeal
  | "request" // Request
  | "ask" // Ask
  | "demand" // Demand
  | "warn" // Warn
  | "criticise" // Criticise
  | "condemn" // Condemn
  | "reject" // Reject
  | "deny" // Deny
  | "announce" // Announce
  | "report" // Report
  | "assess" // Assess
  | "state-position" // State a position
  | "reaffirm" // Reaffirm
  | "emphasise" // Emphasise
  | "acknowledge" // Acknowledge
  | "welcome" // Welcome
  | "endorse" // Endorse
  | "express-concern" // Express concern
  | "express-condolence" // Express condolence
  | "other"; // Other

/**
 * A code of the list `statement-form`: https://w3id.org/diplomatic-events/codelists/statement-form/
 */
export type StatementForm =
  | "direct" // Direct speech
  | "indirect" // Indirect speech
  | "mixed" // Mixed
  | "written"; // Written

/** A code of the open list `topic`: https://w3id.org/diplomatic-events/codelists/topic/ */
export type Topic =
  | "bilateral-relations" // Bilateral relations
  | "multilateral-cooperation" // Multilateral cooperation
  | "organization-reform" // Reform of organizations
  | "membership" // Membership and enlargement
  | "diplomatic-relations" // Diplomatic relations
  | "security" // Security
  | "counter-terrorism" // Counter-terrorism
  | "organized-crime" // Organized crime
  | "narcotics" // Narcotics
  | "cyber-security" // Cyber security
  | "defence-cooperation" // Defence cooperation
  | "arms-trade" // Arms trade
  | "arms-control" // Arms control
  | "nuclear-non-proliferation" // Nuclear non-proliferation
  | "military-conflict" // Military conflict
  | "ceasefire" // Ceasefire
  | "peace-process" // Peace process
  | "peacekeeping" // Peacekeeping
  | "prisoners-and-detainees" // Prisoners and detainees
  | "sovereignty" // Sovereignty and non-interference
  | "territorial-dispute" // Territorial dispute
  | "border" // Border management
  | "maritime-affairs" // Maritime affairs
  | "outer-space" // Outer space
  | "international-law" // International law and justice
  | "judicial-cooperation" // Judicial cooperation
  | "human-rights" // Human rights
  | "democracy-and-governance" // Democracy and governance
  | "gender-equality" // Gender equality
  | "migration" // Migration
  | "refugees" // Refugees and displacement
  | "consular-affairs" // Consular affairs
  | "humanitarian-aid" // Humanitarian aid
  | "disaster-response" // Disaster risk and response
  | "development" // Development
  | "trade" // Trade
  | "investment" // Investment
  | "finance" // Finance and banking
  | "economic-cooperation" // Economic cooperation
  | "sanctions" // Sanctions
  | "industry" // Industry and supply chains
  | "agriculture" // Agriculture and food security
  | "energy" // Energy
  | "nuclear-energy" // Nuclear energy
  | "connectivity" // Transport and connectivity
  | "digital-economy" // Digital economy
  | "science-and-technology" // Science and technology
  | "climate" // Climate
  | "environment" // Environment
  | "water" // Water
  | "health" // Health
  | "labour" // Labour
  | "education" // Education
  | "culture" // Culture and heritage
  | "people-to-people" // People-to-people contacts
  | "tourism" // Tourism
  | "sport" // Sport
  | "media-and-information" // Media and disinformation
  | "religion" // Religion
  | "history-and-memory" // History and memory
  | (string & {});

/** A code of the list `visit-type`: https://w3id.org/diplomatic-events/codelists/visit-type/ */
export type VisitType =
  | "state" // State visit
  | "official" // Official visit
  | "official-working" // Official working visit
  | "working" // Working visit
  | "unofficial" // Unofficial visit
  | "private" // Private visit
  | "transit"; // Transit stop
