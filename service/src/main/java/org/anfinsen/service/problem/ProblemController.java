package org.anfinsen.service.problem;

import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says what the {@code type} of a problem document means, and answers what failed outside of Spring MVC. */
@RestController
@Tag(name = "problems", description = "What the codes of problem documents mean")
final class ProblemController implements ErrorController {

    /** A problem as it is described to people. */
    record Description(String code, int status, String title, String meaning) {
        static Description of(Problem problem) {
            return new Description(problem.code(), problem.status().value(), problem.title(), problem.meaning());
        }
    }

    @Operation(operationId = "listProblems", summary = "Lists all problems")
    @GetMapping("/v1/problems")
    List<Description> all() {
        return Arrays.stream(Problem.values()).map(Description::of).toList();
    }

    @Operation(operationId = "getProblem", summary = "Describes one problem")
    @GetMapping("/v1/problems/{code}")
    Description one(@PathVariable String code) {
        return Arrays.stream(Problem.values())
                .filter(problem -> problem.code().equals(code))
                .map(Description::of)
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "there is no problem '" + code + "'"));
    }

    @Hidden
    @RequestMapping("/error")
    ResponseEntity<Object> error(HttpServletRequest request) {
        Object status = request.getAttribute("jakarta.servlet.error.status_code");
        Problem problem = ProblemAdvice.ofStatus(HttpStatusCode.valueOf(status instanceof Integer code ? code : 404));
        return ProblemAdvice.answer(
                new ProblemException(problem, problem.title() + ": " + ProblemAdvice.path(request)));
    }
}
