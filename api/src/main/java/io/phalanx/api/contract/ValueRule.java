package io.phalanx.api.contract;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.path.PathType;
import io.phalanx.api.problem.Fault;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A schema of the document, compiled: says everything that is wrong with a value. */
public final class ValueRule {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDialect(
          Dialects.getDraft202012(),
          builder ->
              builder.schemaRegistryConfig(
                  SchemaRegistryConfig.builder()
                      .pathType(PathType.JSON_POINTER)
                      .regularExpressionFactory(TextPattern::compile)
                      .build()));

  /** Marks alternatives of which a body is the first when it has that field, else the second. */
  private static final String CHOSEN_BY = "x-chosen-by";

  private final JsonNode described;
  private final Schema schema;
  private final List<DurationRule> durations;
  private final List<ValueRule> alternatives;

  private ValueRule(JsonNode described) {
    this.described = described;
    this.schema = REGISTRY.getSchema(SchemaTree.bare(described));
    this.schema.initializeValidators();
    this.durations = DurationRule.in(described);
    List<ValueRule> rules = new ArrayList<>();
    if (described.has(CHOSEN_BY)) {
      described.path("anyOf").forEach(each -> rules.add(new ValueRule(each)));
    }
    this.alternatives = List.copyOf(rules);
  }

  /** Compiles a schema that stands somewhere in the document. */
  static ValueRule of(JsonNode schema, JsonNode document) {
    return new ValueRule(SchemaTree.inlined(schema, document));
  }

  /** The schema with all references replaced. */
  public JsonNode described() {
    return described;
  }

  /** Everything wrong with the value; empty when nothing is. */
  public List<Fault> faults(JsonNode value) {
    if (!alternatives.isEmpty()) {
      boolean isFirst = value.has(described.path(CHOSEN_BY).asString());
      return alternatives.get(isFirst ? 0 : 1).faults(value);
    }
    List<Error> errors = schema.validate(value);
    if (errors.isEmpty() && durations.isEmpty()) {
      return List.of();
    }
    List<Fault> faults = new ArrayList<>();
    for (Error error : errors) {
      Fault fault = FaultSentence.of(error, described);
      if (fault != null && !faults.contains(fault)) {
        faults.add(fault);
      }
    }
    for (DurationRule rule : durations) {
      rule.fault(value).ifPresent(faults::add);
    }
    return faults;
  }
}
