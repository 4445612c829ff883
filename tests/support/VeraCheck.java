import java.io.File;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Checks PDF files with veraPDF and prints one line of JSON per file and flavour.
 *
 * <p>Usage: {@code java -cp verapdf.jar VeraCheck.java ua1,3a one.pdf two.pdf}. A line holds the file as given, the
 * flavour, how many rules the profile has, how many assertions were made, and the failures: one sentence per broken
 * rule. A file that cannot be read gives the reason as its failure. The exit code is 0 when every line was printed.
 *
 * <p>The jar lacks the library with which veraPDF reads its own profiles; they are read as plain XML here.
 */
public class VeraCheck {
  private static final String PROFILES = "org/verapdf/pdfa/validation/";

  private record Flavour(String name, PDFAFlavour flavour, ValidationProfile profile) {}

  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    List<Flavour> flavours = new ArrayList<>();
    for (String name : arguments[0].split(",")) {
      flavours.add(flavour(name));
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (String file : List.of(arguments).subList(1, arguments.length)) {
      for (Flavour flavour : flavours) {
        out.println(checked(file, flavour));
      }
    }
  }

  private static String checked(String file, Flavour flavour) {
    long assertions = 0;
    List<String> failures;
    try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), flavour.flavour())) {
      ValidationResult result =
          Foundries.defaultInstance().createValidator(flavour.profile(), false).validate(parser);
      assertions = result.getTotalAssertions();
      failures = failures(result);
      if (failures.isEmpty() && !result.isCompliant()) {
        failures = List.of("not compliant, without a reason");
      }
    } catch (Throwable error) { // veraPDF also ends with errors of the virtual machine on broken files
      failures = List.of("cannot be checked: " + error);
    }
    return "{\"file\": " + quoted(file)
        + ", \"flavour\": " + quoted(flavour.name())
        + ", \"rules\": " + flavour.profile().getRules().size()
        + ", \"assertions\": " + assertions
        + ", \"failures\": [" + String.join(", ", failures.stream().map(VeraCheck::quoted).toList())
        + "]}";
  }

  /** One sentence per broken rule: its clause, how often, and the first place. */
  private static List<String> failures(ValidationResult result) {
    Map<String, Integer> times = new TreeMap<>();
    Map<String, String> first = new TreeMap<>();
    for (TestAssertion assertion : result.getTestAssertions()) {
      if (assertion.getStatus() == TestAssertion.Status.FAILED) {
        String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
        times.merge(rule, 1, Integer::sum);
        first.putIfAbsent(rule, assertion.getMessage().strip() + " @ " + assertion.getLocation().getContext());
      }
    }
    return times.keySet().stream()
        .map(rule -> rule + " ×" + times.get(rule) + " " + first.get(rule).replaceAll("\\s+", " "))
        .toList();
  }

  private static Flavour flavour(String name) throws Exception {
    boolean accessibility = name.startsWith("ua");
    String file = accessibility ? "PDFUA-" + name.substring(2) : "PDFA-" + name.toUpperCase();
    PDFAFlavour flavour =
        PDFAFlavour.valueOf(
            accessibility
                ? "PDFUA_" + name.substring(2)
                : "PDFA_" + name.charAt(0) + "_" + name.substring(1).toUpperCase());
    Element profile = xml(PROFILES + file + ".xml");
    return new Flavour(
        name,
        flavour,
        Profiles.profileFromValues(
            flavour,
            Profiles.profileDetailsFromValues(name, name, "", new Date(0)),
            "",
            rules(profile),
            variables(profile)));
  }

  private static Element xml(String resource) throws Exception {
    try (InputStream stream = VeraCheck.class.getClassLoader().getResourceAsStream(resource)) {
      if (stream == null) {
        throw new FileNotFoundException(resource);
      }
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(stream).getDocumentElement();
    }
  }

  private static Set<Rule> rules(Element profile) {
    Set<Rule> rules = new HashSet<>();
    for (Element rule : elements(profile, "rule")) {
      String deferred = rule.getAttribute("deferred");
      // the arguments of messages are left out: some of them cannot be worked out without the missing library
      rules.add(
          Profiles.ruleFromValues(
              ruleId(elements(rule, "id").get(0)),
              rule.getAttribute("object"),
              deferred.isEmpty() ? null : Boolean.valueOf(deferred),
              rule.getAttribute("tags"),
              text(rule, "description"),
              text(rule, "test"),
              Profiles.errorFromValues(text(rule, "message"), new ArrayList<ErrorArgument>()),
              new ArrayList<>()));
    }
    return rules;
  }

  private static RuleId ruleId(Element id) {
    return Profiles.ruleIdFromValues(
        PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
        id.getAttribute("clause"),
        Integer.parseInt(id.getAttribute("testNumber")));
  }

  private static Set<Variable> variables(Element profile) {
    Set<Variable> variables = new HashSet<>();
    for (Element variable : elements(profile, "variable")) {
      variables.add(
          Profiles.variableFromValues(
              variable.getAttribute("name"),
              variable.getAttribute("object"),
              text(variable, "defaultValue"),
              text(variable, "value")));
    }
    return variables;
  }

  private static List<Element> elements(Element parent, String name) {
    NodeList found = parent.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  private static String text(Element parent, String name) {
    List<Element> found = elements(parent, name);
    return found.isEmpty() ? "" : found.get(0).getTextContent();
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
